package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.resource.TrainingStep;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Events about a step, from the changes of its status: its end, and what holds it up.
final class StepEvents {
    private static final Set<Reason> HOLD_UPS = EnumSet.of(
            Reason.Unschedulable,
            Reason.ImagePull,
            Reason.ContainerConfig,
            Reason.PodStartDelayed,
            Reason.Retrying,
            Reason.JobRefused,
            Reason.PodRefused,
            Reason.NameTaken);

    private StepEvents() {}

    /// @param step as it was before `next` was written
    static void publish(Events events, TrainingStep step, TrainingStepStatus next) {
        newlyTrue(step, next, ConditionType.Complete)
                .ifPresent(condition -> events.normal(step, reason(condition), condition.message()));
        newlyTrue(step, next, ConditionType.Failed)
                .ifPresent(condition -> events.warning(step, reason(condition), condition.message()));
        newlyTrue(step, next, ConditionType.Progressing)
                .filter(condition -> HOLD_UPS.contains(reason(condition)))
                .ifPresent(condition -> events.warning(step, reason(condition), condition.message()));
    }

    private static Reason reason(Condition condition) {
        return Reason.valueOf(condition.reason());
    }

    /// A condition that is true, and was not true for this reason before.
    private static Optional<Condition> newlyTrue(TrainingStep step, TrainingStepStatus next, ConditionType type) {
        Optional<String> before = step.getStatus() == null
                ? Optional.empty()
                : Conditions.find(step.getStatus().conditions(), type)
                        .filter(condition -> condition.status().equals("True"))
                        .map(Condition::reason);
        return Conditions.find(next.conditions(), type)
                .filter(condition -> condition.status().equals("True"))
                .filter(condition -> !before.equals(Optional.of(condition.reason())));
    }
}
