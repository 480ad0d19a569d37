package dev.isogloss.operator.status;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Conditions of a status being written. A condition whose status stays the same keeps its transition time: another
/// time would make every pass a change.
public final class Conditions {
    private final List<Condition> before;
    private final long generation;
    private final String now;
    private final List<Condition> conditions = new ArrayList<>();

    public Conditions(@Nullable List<Condition> before, long generation, Instant now) {
        this.before = before == null ? List.of() : before;
        this.generation = generation;
        this.now = timestamp(now);
    }

    /// RFC 3339 in whole seconds, as Kubernetes writes times.
    public static String timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public Conditions set(ConditionType type, boolean holds, Reason reason, String message) {
        String status = holds ? "True" : "False";
        String since = find(before, type)
                .filter(condition -> condition.status().equals(status))
                .map(Condition::lastTransitionTime)
                .orElse(now);
        conditions.add(new Condition(type.name(), status, generation, since, reason.name(), Messages.clip(message)));
        return this;
    }

    public List<Condition> list() {
        return List.copyOf(conditions);
    }

    public static Optional<Condition> find(@Nullable List<Condition> conditions, ConditionType type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> condition.type().equals(type.name()))
                        .findFirst();
    }

    public static boolean holds(@Nullable List<Condition> conditions, ConditionType type) {
        return find(conditions, type)
                .filter(condition -> condition.status().equals("True"))
                .isPresent();
    }

    /// True if a condition is true for this generation of the spec.
    public static boolean holds(@Nullable List<Condition> conditions, ConditionType type, long generation) {
        return find(conditions, type)
                .filter(condition -> condition.status().equals("True"))
                .filter(condition ->
                        condition.observedGeneration() != null && condition.observedGeneration() == generation)
                .isPresent();
    }
}
