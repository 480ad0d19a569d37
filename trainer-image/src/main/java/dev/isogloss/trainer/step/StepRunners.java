package dev.isogloss.trainer.step;

import dev.isogloss.plan.Adapt;
import dev.isogloss.plan.AlignMeanings;
import dev.isogloss.plan.Analyse;
import dev.isogloss.plan.Choose;
import dev.isogloss.plan.Ensemble;
import dev.isogloss.plan.Label;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Rank;
import dev.isogloss.plan.Select;
import dev.isogloss.plan.StepResult;
import dev.isogloss.plan.StepSpec;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import org.jspecify.annotations.Nullable;

/// Runs any step: one case per kind. Keeps the last model in memory, for the step after a training mostly evaluates it.
public final class StepRunners implements StepRunner, AutoCloseable {
    private final LastModel models = new LastModel();
    private final ItemCache items = new ItemCache();
    private final OnceTold told = new OnceTold();
    private final Device device;
    private @Nullable TrainingMetrics metrics;

    public StepRunners(Device device) {
        this.device = device;
    }

    /// On the device that this process brings a libtorch for.
    public static StepRunners standard() {
        return new StepRunners(Device.ofThisProcess());
    }

    @Override
    public StepResult run(PlannedStep step, StepContext context) throws Exception {
        Engine.start(context.options().threads(), device, true);
        Workbench bench = new Workbench(
                step, context, models, items, told, metrics(context.options().metricsPort()));
        return switch (step.spec()) {
            case StepSpec.Pretrain pretrain -> new PretrainStep(pretrain, bench).run();
            case StepSpec.Train train -> new TrainStep(train, bench).run();
            case Adapt adapt -> new AdaptStep(adapt, bench).run();
            case Analyse analyse -> new AnalyseStep(analyse, bench).run();
            case Ensemble ensemble -> new EnsembleStep(ensemble, bench).run();
            case StepSpec.Evaluate evaluate -> new EvaluateStep(evaluate, bench).run();
            case Label label -> new LabelStep(label, bench).run();
            case Select select -> new SelectStep(select, bench).run();
            case AlignMeanings align -> new AlignMeaningsStep(align, bench).run();
            case Rank rank -> new RankStep(rank, bench).run();
            case Choose choose -> new ChooseStep(choose, bench).run();
        };
    }

    /// One page of metrics a process, whatever runs side by side in it.
    private synchronized TrainingMetrics metrics(int port) {
        if (metrics == null) metrics = TrainingMetrics.on(port);
        return metrics;
    }

    @Override
    public synchronized void close() {
        models.close();
        if (metrics != null) metrics.close();
    }
}
