package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.plan.FollowUps;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The steps of a plan that the pod of another one may do after it, and what is known of them from that one's
/// TrainingStep: they have none themselves, unless their turn did not come.
///
/// @param after by the step that they follow, in the order of the plan
record FollowedSteps(Map<StepKey, List<PlannedStep>> after, Map<StepKey, TrainingStep> steps) {

    static FollowedSteps of(ExperimentView view) {
        return new FollowedSteps(FollowUps.of(view.plan()), view.steps());
    }

    /// Those that have no TrainingStep of their own, with the TrainingStep that they follow.
    Map<PlannedStep, TrainingStep> withoutOwn() {
        Map<PlannedStep, TrainingStep> followed = new HashMap<>();
        after.forEach((first, those) -> {
            TrainingStep step = steps.get(first);
            if (step == null) return;
            for (PlannedStep each : those) if (!steps.containsKey(each.key())) followed.put(each, step);
        });
        return followed;
    }

    /// What a new pod of this step does after it: nothing where every step has a pod, or a time of its own in which it
    /// must end.
    List<PlannedStep> wanted(PlannedStep first, ExperimentView view) {
        if (view.runtime().podPer() == PodPer.Step || view.runtime().stepDeadlineSeconds() != null) return List.of();
        return after.getOrDefault(first.key(), List.of()).stream()
                .filter(step -> !steps.containsKey(step.key()))
                .toList();
    }

    /// The result of a step, as the one that it followed has it.
    static Optional<FollowUpResult> result(TrainingStep first, StepKey key) {
        if (first.getStatus() == null) return Optional.empty();
        return Objects.requireNonNullElse(first.getStatus().followUps(), List.<FollowUpResult>of()).stream()
                .filter(result -> result.key().equals(key.hex()))
                .findFirst();
    }

    static boolean isNext(TrainingStep first, StepKey key) {
        return first.getSpec().followUps().stream().map(FollowUp::key).anyMatch(key.hex()::equals);
    }
}
