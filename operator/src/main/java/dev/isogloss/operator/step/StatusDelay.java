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

/// Which news of a step need not be written at once. A step whose pod comes, runs and ends within seconds is told of
/// once, at its end; one that takes longer says so. Ends, failures, troubles and stops are never late.
final class StatusDelay {
    /// So long a step may take to get somewhere before it is worth a word.
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final Set<Reason> USUAL = EnumSet.of(Reason.JobCreated, Reason.Queued, Reason.PodPending);

    private StatusDelay() {}

    /// Nothing where it must be said at once; otherwise how long it should be kept back at least.
    static Optional<Duration> patience(StepView seen, StepPhase outlook, Instant now) {
        @Nullable TrainingStepStatus said = seen.step().getStatus();
        boolean news = said == null || said.conditions() == null;
        return switch (outlook) {
            case StepPhase.Pending(var reason, var _)
            when USUAL.contains(reason) ->
                news
                        ? Optional.of(rest(created(seen), now))
                        : Optional.of(Duration.ZERO).filter(_ -> isPendingAsUsual(seen, said));
            case StepPhase.Running _ when news -> Optional.of(rest(running(seen), now));
            case StepPhase.Pending _, StepPhase.Running _ -> Optional.empty();
            case StepPhase.Stopping _, StepPhase.Stopped _ -> Optional.empty();
            case StepPhase.Succeeded _, StepPhase.Failed _ -> Optional.empty();
        };
    }

    private static boolean isPendingAsUsual(StepView seen, TrainingStepStatus said) {
        return said.phase() == Phase.Pending
                && Objects.equals(said.observedGeneration(), seen.generation())
                && Objects.requireNonNull(said.conditions()).stream().anyMatch(condition -> USUAL.stream()
                        .anyMatch(reason -> condition.reason().equals(reason.name())));
    }

    private static Optional<String> created(StepView seen) {
        return Optional.ofNullable(seen.step().getMetadata().getCreationTimestamp());
    }

    private static Optional<String> running(StepView seen) {
        return seen.podsOfJob().stream()
                .filter(PodView::isRunning)
                .flatMap(pod -> pod.runningSince().stream())
                .max(String::compareTo);
    }

    private static Duration rest(Optional<String> since, Instant now) {
        Instant settled = since.map(Instant::parse).orElse(now).plus(SETTLING);
        return settled.isAfter(now) ? Duration.between(now, settled) : Duration.ZERO;
    }
}
