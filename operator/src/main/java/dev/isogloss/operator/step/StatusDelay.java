package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Delay of a status that need not be written at once. A step whose pod comes, runs and ends within seconds gets one
/// status, at its end; one that takes longer gets more. Ends, failures, stops and what holds a pod up are never
/// delayed.
final class StatusDelay {
    /// Time that a step may be in a phase before that phase is written.
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final Set<Reason> ROUTINE = EnumSet.of(Reason.JobCreated, Reason.Queued, Reason.PodPending);

    private StatusDelay() {}

    /// The least delay of the status; empty where it must be written at once.
    static Optional<Duration> minimum(StepView view, StepPhase phase, Instant now) {
        @Nullable TrainingStepStatus before = view.step().getStatus();
        boolean first = before == null || before.conditions() == null;
        return switch (phase) {
            case StepPhase.Pending(var reason, var _)
            when ROUTINE.contains(reason) ->
                first
                        ? Optional.of(remaining(created(view), now))
                        : Optional.of(Duration.ZERO).filter(_ -> isRoutinelyPending(view, before));
            case StepPhase.Running _ when first -> Optional.of(remaining(running(view), now));
            case StepPhase.Pending _, StepPhase.Running _ -> Optional.empty();
            case StepPhase.Stopping _, StepPhase.Stopped _ -> Optional.empty();
            case StepPhase.Succeeded _, StepPhase.Failed _ -> Optional.empty();
        };
    }

    private static boolean isRoutinelyPending(StepView view, TrainingStepStatus before) {
        return before.phase() == Phase.Pending
                && Objects.equals(before.observedGeneration(), view.generation())
                && Objects.requireNonNull(before.conditions()).stream().anyMatch(condition -> ROUTINE.stream()
                        .anyMatch(reason -> condition.reason().equals(reason.name())));
    }

    private static Optional<String> created(StepView view) {
        return Optional.ofNullable(view.step().getMetadata().getCreationTimestamp());
    }

    private static Optional<String> running(StepView view) {
        return view.podsOfJob().stream()
                .filter(PodView::isRunning)
                .flatMap(pod -> pod.runningSince().stream())
                .max(String::compareTo);
    }

    private static Duration remaining(Optional<String> since, Instant now) {
        Instant settled = since.map(Instant::parse).orElse(now).plus(SETTLING);
        return settled.isAfter(now) ? Duration.between(now, settled) : Duration.ZERO;
    }
}
