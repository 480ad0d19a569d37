package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.operator.views.TrimmedReading;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.planner.Planner;
import dev.isogloss.report.Summary;
import dev.isogloss.resource.TransferExperiment;
import org.jspecify.annotations.Nullable;

/// The kind TransferExperiment: its plan, its settings, its status.
public final class TransferExperiments implements ExperimentKind<TransferExperiment> {

    @Override
    public Plan plan(TransferExperiment experiment) {
        return Planner.plan(experiment.getMetadata().getName(), experiment.getSpec());
    }

    @Override
    public InputLocations locations(TransferExperiment experiment, Plan plan) {
        return InputLocations.of(Planner.locations(experiment.getSpec()));
    }

    @Override
    public Runtime runtime(TransferExperiment experiment) {
        return experiment.getSpec().common().runtime();
    }

    @Override
    public @Nullable Storage storage(TransferExperiment experiment) {
        return experiment.getSpec().common().storage();
    }

    @Override
    public boolean isSuspended(TransferExperiment experiment) {
        return experiment.getSpec().common().suspend();
    }

    @Override
    public @Nullable Integer secondsToStay(TransferExperiment experiment) {
        return experiment.getSpec() == null
                ? TrimmedReading.secondsToStay(experiment)
                : experiment.getSpec().common().ttlSecondsAfterFinished();
    }

    @Override
    public @Nullable ExperimentStatus status(TransferExperiment experiment) {
        return experiment.getStatus();
    }

    @Override
    public Shown<TransferExperiment> shown(PlanResults results) {
        return new Shown<>(Summary.of(results.plan(), results.results()), 0, 0, TransferExperiments::withStatus);
    }

    private static TransferExperiment withStatus(ExperimentStatus status) {
        TransferExperiment fresh = new TransferExperiment();
        fresh.setStatus(status);
        return fresh;
    }
}
