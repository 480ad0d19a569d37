package dev.isogloss.operator.metrics;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.api.run.RoundStatus;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.resource.TrainingStep;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The operator's own metrics.
///
/// | metric | value |
/// |---|---|
/// | `isogloss_resources{kind,phase}` | resources by phase, as the caches have them |
/// | `isogloss_cached_objects{kind}` | objects in the caches |
/// | `isogloss_transitions_seconds{kind,from,to}` | changes of phase, and how long the former one lasted |
/// | `isogloss_steps_started_total{kind}` | Jobs that were created |
/// | `isogloss_steps_succeeded_total{kind,reused}` | steps whose result is recorded |
/// | `isogloss_steps_failed_total{kind,reason}` | steps that failed for good |
/// | `isogloss_step_queue_seconds{kind}` | from the creation of a step to the start of its first pod |
/// | `isogloss_step_run_seconds{kind}` | from the start of its first pod to its end |
/// | `isogloss_device_seconds_total{resource}` | device time of ended steps, by extended resource |
/// | `isogloss_rounds_total` | rounds of runs that ended |
/// | `isogloss_pseudo_labels_total` | labels that models handed on in them, mean over seeds |
/// | `isogloss_agreement` | of each model and round, the share of the pool on which it agrees with the others |
public final class Telemetry {
    private final MeterRegistry registry;

    public Telemetry(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Registers gauges that count the resources of a kind by phase; a resource without a status is pending.
    public void countByPhase(String kind, Supplier<Stream<Optional<Phase>>> phases) {
        for (Phase phase : Phase.values())
            Gauge.builder("isogloss.resources", phases, all -> count(all, phase))
                    .tag("kind", kind)
                    .tag("phase", phase.name())
                    .strongReference(true)
                    .register(registry);
    }

    /// Registers a gauge that counts the objects of a kind in the caches: what the operator's memory grows with.
    public void countCached(String kind, LongSupplier objects) {
        Gauge.builder("isogloss.cached.objects", objects, LongSupplier::getAsLong)
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }

    private static double count(Supplier<Stream<Optional<Phase>>> phases, Phase phase) {
        try (Stream<Optional<Phase>> all = phases.get()) {
            return all.filter(found -> found.orElse(Phase.Pending) == phase).count();
        }
    }

    public void started(TrainingStep step) {
        registry.counter("isogloss.steps.started", "kind", step.getSpec().kind())
                .increment();
    }

    /// A status of a step was written.
    ///
    /// @param deviceSeconds by extended resource, of pods that have ended
    public void statusWritten(
            TrainingStep step, TrainingStepStatus next, Map<String, Double> deviceSeconds, Instant now) {
        @Nullable TrainingStepStatus before = step.getStatus();
        transition(
                "TrainingStep",
                before == null ? null : before.phase(),
                next.phase(),
                before == null
                        ? step.getMetadata().getCreationTimestamp()
                        : since(before.phase(), before.conditions(), before.startTime()),
                now);
        String kind = step.getSpec().kind();
        if ((before == null || before.startTime() == null) && next.startTime() != null)
            time("isogloss.step.queue", kind, step.getMetadata().getCreationTimestamp(), next.startTime());
        boolean ended = before == null || before.completionTime() == null;
        if (!ended || next.completionTime() == null) return;
        end(next, kind, deviceSeconds);
    }

    private void end(TrainingStepStatus next, String kind, Map<String, Double> deviceSeconds) {
        if (Conditions.holds(next.conditions(), ConditionType.Complete)) {
            succeeded(kind, next.reused());
            for (FollowUpResult result : Objects.requireNonNullElse(next.followUps(), List.<FollowUpResult>of()))
                succeeded(result.kind(), result.reused());
        } else
            registry.counter("isogloss.steps.failed", "kind", kind, "reason", reason(next))
                    .increment();
        if (next.startTime() != null) time("isogloss.step.run", kind, next.startTime(), next.completionTime());
        deviceSeconds.forEach((resource, seconds) -> registry.counter("isogloss.device.seconds", "resource", resource)
                .increment(seconds));
    }

    private void succeeded(String kind, boolean reused) {
        registry.counter("isogloss.steps.succeeded", "kind", kind, "reused", String.valueOf(reused))
                .increment();
    }

    private static String reason(TrainingStepStatus status) {
        return Conditions.find(status.conditions(), ConditionType.Failed)
                .map(Condition::reason)
                .orElse("");
    }

    /// A round of a run ended.
    public void round(List<RoundStatus> rows) {
        registry.counter("isogloss.rounds").increment();
        for (RoundStatus row : rows) {
            if (row.selected() != null)
                registry.counter("isogloss.pseudo.labels").increment(row.selected());
            if (row.agreement() != null)
                registry.summary("isogloss.agreement").record(Double.parseDouble(row.agreement()));
        }
    }

    /// @param since when the former phase began; null where that is unknown
    public void transition(String kind, @Nullable Phase from, @Nullable Phase to, @Nullable String since, Instant now) {
        if (from == to || to == null) return;
        Duration took = since == null ? Duration.ZERO : Duration.between(Instant.parse(since), now);
        registry.timer(
                        "isogloss.transitions",
                        "kind",
                        kind,
                        "from",
                        from == null ? "New" : from.name(),
                        "to",
                        to.name())
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    /// The start of a phase, as far as a status shows: the last change of a condition, or, for a phase that runs,
    /// its start time.
    public static @Nullable String since(
            @Nullable Phase phase, @Nullable List<Condition> conditions, @Nullable String startTime) {
        Stream<String> changes =
                conditions == null ? Stream.empty() : conditions.stream().map(Condition::lastTransitionTime);
        Stream<String> start = Stream.ofNullable(phase == Phase.Running ? startTime : null);
        return Stream.concat(changes, start).max(String::compareTo).orElse(null);
    }

    private void time(String name, String kind, @Nullable String from, @Nullable String to) {
        Timer.builder(name)
                .tag("kind", kind)
                .register(registry)
                .record(between(Objects.requireNonNullElse(from, ""), Objects.requireNonNullElse(to, "")));
    }

    private static Duration between(String from, String to) {
        if (from.isEmpty() || to.isEmpty()) return Duration.ZERO;
        Duration took = Duration.between(Instant.parse(from), Instant.parse(to));
        return took.isNegative() ? Duration.ZERO : took;
    }
}
