package dev.isogloss.operator.status;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import java.util.List;
import java.util.Set;

/// Derivation of the phase, a word for people, from conditions; this is the only place that does it.
public final class Phases {
    private static final Set<String> RUNNING = Set.of(
            Reason.PodRunning.name(), Reason.Stopping.name(), Reason.StepsRunning.name(), Reason.StepsStopping.name());

    private Phases() {}

    public static Phase of(List<Condition> conditions) {
        if (Conditions.holds(conditions, ConditionType.Invalid)) return Phase.Invalid;
        if (Conditions.holds(conditions, ConditionType.Failed)) return Phase.Failed;
        if (Conditions.holds(conditions, ConditionType.Complete)) return Phase.Succeeded;
        if (Conditions.holds(conditions, ConditionType.Suspended)) return Phase.Suspended;
        return Conditions.find(conditions, ConditionType.Progressing)
                .filter(condition -> RUNNING.contains(condition.reason()))
                .map(condition -> Phase.Running)
                .orElse(Phase.Pending);
    }
}
