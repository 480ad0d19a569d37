package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.views.JobView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/// Diagnosis of a Job that gets no pod. No watch reports anything then, so the step is reconciled again, and after a
/// while the Job controller's event is read.
final class MissingPodDiagnosis {
    /// The Job controller creates a pod within a second; a busy one has as long as this.
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Jobs jobs;
    private final WriteBudget writeBudget;
    private final InstantSource clock;

    MissingPodDiagnosis(Jobs jobs, WriteBudget writeBudget, InstantSource clock) {
        this.jobs = jobs;
        this.writeBudget = writeBudget;
        this.clock = clock;
    }

    /// @param pending the phase of a Job that has no pod yet
    JobExecution.Outcome diagnose(StepView view, StepPhase.Pending pending) {
        JobView job = Objects.requireNonNull(view.job(), "no Job to diagnose");
        Instant since = job.mayHavePodsSince().map(Instant::parse).orElseGet(clock::instant);
        Duration left = Duration.between(clock.instant(), since.plus(TIMEOUT));
        if (left.isPositive()) return new JobExecution.Outcome(pending, Optional.of(left));
        Optional<String> cause = writeBudget.tryAcquire()
                ? jobs.refusal(job.job(), since).map(refusal -> Messages.clip(Messages.POD_REFUSED.formatted(refusal)))
                : lastDiagnosis(view);
        return new JobExecution.Outcome(
                cause.<StepPhase>map(refusal -> new StepPhase.Pending(Reason.PodRefused, refusal))
                        .orElse(pending),
                Optional.of(RequeueAfter.BLOCKED));
    }

    /// The cause that status shows, while the budget does not allow another request.
    private static Optional<String> lastDiagnosis(StepView view) {
        return Optional.ofNullable(view.step().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.Progressing))
                .filter(condition -> condition.reason().equals(Reason.PodRefused.name()))
                .map(Condition::message);
    }
}
