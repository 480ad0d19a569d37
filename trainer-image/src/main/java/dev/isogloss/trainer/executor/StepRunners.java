package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.AugmentStep;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.ChooseCandidateStep;
import dev.isogloss.plan.step.CompareStep;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.RankTranslationsStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.ItemCache;
import dev.isogloss.trainer.step.ModelCache;
import dev.isogloss.trainer.step.SeenNotes;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepRunner;
import dev.isogloss.trainer.step.TrainingMetrics;
import dev.isogloss.trainer.step.measure.AnalyseRunner;
import dev.isogloss.trainer.step.measure.ChooseCandidateRunner;
import dev.isogloss.trainer.step.measure.CompareRunner;
import dev.isogloss.trainer.step.measure.EnsembleRunner;
import dev.isogloss.trainer.step.measure.EvaluateRunner;
import dev.isogloss.trainer.step.measure.InterpolateRunner;
import dev.isogloss.trainer.step.measure.ProjectRunner;
import dev.isogloss.trainer.step.rounds.AgreeRunner;
import dev.isogloss.trainer.step.rounds.AugmentRunner;
import dev.isogloss.trainer.step.rounds.ChooseBestRoundRunner;
import dev.isogloss.trainer.step.rounds.PredictPoolRunner;
import dev.isogloss.trainer.step.rounds.SelectPseudoLabelsRunner;
import dev.isogloss.trainer.step.train.AdaptRunner;
import dev.isogloss.trainer.step.train.PretrainRunner;
import dev.isogloss.trainer.step.train.RankTranslationsRunner;
import dev.isogloss.trainer.step.train.SemanticAlignmentRunner;
import dev.isogloss.trainer.step.train.TrainRunner;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import org.jspecify.annotations.Nullable;

/// The runner of any step: one case per kind. It keeps the last model in memory, since the step after a training mostly
/// evaluates it.
public final class StepRunners implements StepRunner, AutoCloseable {
    private final ModelCache models = new ModelCache();
    private final ItemCache items = new ItemCache();
    private final SeenNotes seenNotes = new SeenNotes();
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
        StepInputs inputs = new StepInputs(
                step,
                context,
                models,
                items,
                seenNotes,
                metrics(context.options().metricsPort()));
        return switch (step.spec()) {
            case PretrainStep pretrain -> new PretrainRunner(pretrain, inputs).run();
            case TrainStep train -> new TrainRunner(train, inputs).run();
            case AdaptStep adapt -> new AdaptRunner(adapt, inputs).run();
            case InterpolateStep interpolate -> new InterpolateRunner(interpolate, inputs).run();
            case AnalyseStep analyse -> new AnalyseRunner(analyse, inputs).run();
            case ProjectStep project -> new ProjectRunner(project, inputs).run();
            case EnsembleStep ensemble -> new EnsembleRunner(ensemble, inputs).run();
            case EvaluateStep evaluate -> new EvaluateRunner(evaluate, inputs).run();
            case PredictPoolStep label -> new PredictPoolRunner(label, inputs).run();
            case SelectPseudoLabelsStep select -> new SelectPseudoLabelsRunner(select, inputs).run();
            case SemanticAlignmentStep align -> new SemanticAlignmentRunner(align, inputs).run();
            case RankTranslationsStep rank -> new RankTranslationsRunner(rank, inputs).run();
            case AugmentStep augment -> new AugmentRunner(augment, inputs).run();
            case AgreeStep agree -> new AgreeRunner(agree, inputs).run();
            case ChooseCandidateStep choose -> new ChooseCandidateRunner(choose, inputs).run();
            case CompareStep compare -> new CompareRunner(compare, inputs).run();
            case ChooseBestRoundStep choose -> new ChooseBestRoundRunner(choose, inputs).run();
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
