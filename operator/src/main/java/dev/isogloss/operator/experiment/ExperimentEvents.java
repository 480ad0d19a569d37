package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Events about an experiment, from the changes of its status: that it was planned, how it ended or paused, and what
/// the API server refused.
final class ExperimentEvents {
    private static final List<ConditionType> NORMAL =
            List.of(ConditionType.Planned, ConditionType.Complete, ConditionType.Suspended);
    private static final List<ConditionType> WARNING = List.of(ConditionType.Failed, ConditionType.Invalid);

    private ExperimentEvents() {}

    static void publish(Events events, HasMetadata about, @Nullable ExperimentStatus before, ExperimentStatus next) {
        List<Condition> old = before == null || before.conditions() == null ? List.of() : before.conditions();
        for (ConditionType type : NORMAL)
            newlyTrue(old, next, type)
                    .ifPresent(
                            condition -> events.normal(about, Reason.valueOf(condition.reason()), condition.message()));
        newlyTrue(old, next, ConditionType.Progressing)
                .filter(condition -> condition.reason().equals(Reason.Refused.name()))
                .ifPresent(condition -> events.warning(about, Reason.Refused, condition.message()));
        for (ConditionType type : WARNING)
            newlyTrue(old, next, type)
                    .ifPresent(condition ->
                            events.warning(about, Reason.valueOf(condition.reason()), condition.message()));
    }

    private static Optional<Condition> newlyTrue(List<Condition> before, ExperimentStatus next, ConditionType type) {
        Optional<String> earlier = Conditions.find(before, type)
                .filter(condition -> condition.status().equals("True"))
                .map(Condition::message);
        return Conditions.find(next.conditions(), type)
                .filter(condition -> condition.status().equals("True"))
                .filter(condition -> !earlier.equals(Optional.of(condition.message())));
    }
}
