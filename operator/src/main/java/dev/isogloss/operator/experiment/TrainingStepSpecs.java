package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.StepKey;

/// From a planned step to the spec of its TrainingStep.
final class TrainingStepSpecs {
    private TrainingStepSpecs() {}

    /// @param attempt raised to try a failed step again
    static TrainingStepSpec spec(ExperimentView view, PlannedStep planned, int attempt) {
        return new TrainingStepSpec(
                planned.key().hex(),
                planned.spec().kind(),
                CanonicalJson.of(planned.spec()),
                Messages.clip(planned.title(), 256),
                planned.inputs().stream().sorted().map(StepKey::hex).toList(),
                Input.locations(planned.spec().reads(), view.locations()),
                view.storage(),
                ofOneStep(view.runtime()),
                attempt,
                false);
    }

    /// Settings of the experiment as a whole are left out: two experiments that differ in their parallelism would
    /// otherwise want different steps, and an edit of it would disturb those that run.
    private static Runtime ofOneStep(Runtime runtime) {
        return new Runtime(
                runtime.image(),
                runtime.resources(),
                runtime.cpuResources(),
                4,
                runtime.queueName(),
                runtime.retries(),
                FailurePolicy.Stop,
                1000000,
                runtime.stepDeadlineSeconds(),
                runtime.keepJobsSeconds(),
                runtime.pod());
    }
}
