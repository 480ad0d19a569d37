package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.data.Location;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// From a planned step to the spec of its TrainingStep.
final class TrainingStepSpecs {
    private TrainingStepSpecs() {}

    /// @param attempt   raised to try a failed step again
    /// @param followUps what its pod does after it, in this order; those that are too many or too long for one pod,
    ///     or read other data than it, are left to pods of their own
    static TrainingStepSpec spec(ExperimentView view, PlannedStep planned, int attempt, List<PlannedStep> followUps) {
        List<Input> reads = new ArrayList<>(planned.spec().reads());
        List<PlannedStep> fitting = fitting(followUps, reads, view.locations());
        return new TrainingStepSpec(
                planned.key().hex(),
                planned.spec().kind(),
                CanonicalJson.of(planned.spec()),
                title(planned),
                planned.inputs().stream().sorted().map(StepKey::hex).toList(),
                view.locations().of(reads),
                view.storage(),
                ofOneStep(view.runtime()),
                attempt,
                false,
                fitting.stream().map(TrainingStepSpecs::followUp).toList());
    }

    /// @param reads of the pod so far; what the fitting ones read is added
    private static List<PlannedStep> fitting(List<PlannedStep> followUps, List<Input> reads, InputLocations locations) {
        List<PlannedStep> fitting = new ArrayList<>();
        int characters = 0;
        for (PlannedStep step : followUps) {
            characters += CanonicalJson.of(followUp(step)).length();
            List<Input> together = new ArrayList<>(reads);
            together.addAll(step.spec().reads());
            if (fitting.size() == TrainingStepSpec.FOLLOW_UPS
                    || characters > TrainingStepSpec.FOLLOW_UP_CHARACTERS
                    || !locations.agree(together)) break;
            reads.addAll(step.spec().reads());
            fitting.add(step);
        }
        return fitting;
    }

    private static FollowUp followUp(PlannedStep step) {
        return new FollowUp(step.key().hex(), step.spec().kind(), CanonicalJson.of(step.spec()), title(step));
    }

    private static String title(PlannedStep step) {
        return Messages.clip(step.title(), 256);
    }

    /// An edit of the experiment, for a step whose pod may be running: what follows it stays as it is, and what that
    /// reads as well, for another list would be another pod.
    static TrainingStepSpec edited(ExperimentView view, PlannedStep planned, TrainingStepSpec before) {
        Set<String> following = before.followUps().stream().map(FollowUp::key).collect(Collectors.toSet());
        TrainingStepSpec now = spec(
                view,
                planned,
                before.attempt(),
                view.plan().steps().stream()
                        .filter(step -> following.contains(step.key().hex()))
                        .toList());
        if (following.isEmpty()) return now;
        Map<String, Location> inputs = new HashMap<>(before.locations().inputs());
        inputs.putAll(now.locations().inputs());
        boolean reads = now.locations().inputs().containsKey(Input.DATA);
        return new TrainingStepSpec(
                now.key(),
                now.kind(),
                now.step(),
                now.title(),
                now.inputs(),
                new Locations(inputs, (reads ? now : before).locations().languages()),
                now.storage(),
                now.runtime(),
                now.attempt(),
                now.suspend(),
                before.followUps());
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
                runtime.pod(),
                PodPer.Model);
    }
}
