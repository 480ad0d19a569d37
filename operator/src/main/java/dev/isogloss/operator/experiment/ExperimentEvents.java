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

/// Which changes of an experiment's status are events: that it was planned, how it ended or paused, and what the API
/// server would not have.
final class ExperimentEvents {
    private static final List<ConditionType> GOOD =
            List.of(ConditionType.Planned, ConditionType.Complete, ConditionType.Suspended);
    private static final List<ConditionType> BAD = List.of(ConditionType.Failed, ConditionType.Invalid);

    private ExperimentEvents() {}

    static void tell(Events events, HasMetadata about, @Nullable ExperimentStatus before, ExperimentStatus next) {
        List<Condition> old = before == null || before.conditions() == null ? List.of() : before.conditions();
        for (ConditionType type : GOOD)
            news(old, next, type)
                    .ifPresent(
                            condition -> events.normal(about, Reason.valueOf(condition.reason()), condition.message()));
        news(old, next, ConditionType.Progressing)
                .filter(condition -> condition.reason().equals(Reason.Refused.name()))
                .ifPresent(condition -> events.warning(about, Reason.Refused, condition.message()));
        for (ConditionType type : BAD)
            news(old, next, type)
                    .ifPresent(condition ->
                            events.warning(about, Reason.valueOf(condition.reason()), condition.message()));
    }

    private static Optional<Condition> news(List<Condition> before, ExperimentStatus next, ConditionType type) {
        Optional<String> said = Conditions.find(before, type)
                .filter(condition -> condition.status().equals("True"))
                .map(Condition::message);
        return Conditions.find(next.conditions(), type)
                .filter(condition -> condition.status().equals("True"))
                .filter(condition -> !said.equals(Optional.of(condition.message())));
    }
}
