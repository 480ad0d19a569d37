package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// Diagnosis of a Job that gets no pod, and of a pod that a node has and does not start. No watch reports anything
/// then, so the step is reconciled again, and after a while the events that say why are read.
final class StartDiagnosis {
    /// The Job controller creates a pod within a second, and a node starts one within a few; busy ones have as long
    /// as this.
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final BiFunction<Job, Instant, Optional<String>> refusals;
    private final Function<Pod, Optional<String>> warnings;
    private final WriteBudget writeBudget;
    private final InstantSource clock;

    /// @param refusals why a Job has got no pod since an instant
    /// @param warnings what keeps a pod from starting
    StartDiagnosis(
            BiFunction<Job, Instant, Optional<String>> refusals,
            Function<Pod, Optional<String>> warnings,
            WriteBudget writeBudget,
            InstantSource clock) {
        this.refusals = refusals;
        this.warnings = warnings;
        this.writeBudget = writeBudget;
        this.clock = clock;
    }

    JobExecution.Outcome diagnose(StepView view, StepPhase.Pending pending) {
        if (pending.reason() == Reason.JobCreated) return withoutPod(view, pending);
        Optional<PodView> pod = StepProgress.waiting(view.podsOfJob());
        return pending.reason() == Reason.PodPending && pod.isPresent()
                ? withPod(view, pending, pod.get())
                : new JobExecution.Outcome(pending);
    }

    private JobExecution.Outcome withoutPod(StepView view, StepPhase.Pending pending) {
        JobView job = Objects.requireNonNull(view.job(), "no Job to diagnose");
        Instant since = job.mayHavePodsSince().map(Instant::parse).orElseGet(clock::instant);
        return after(since, view, pending, Reason.PodRefused, () -> refusals.apply(job.job(), since)
                .map(Messages.POD_REFUSED::formatted));
    }

    private JobExecution.Outcome withPod(StepView view, StepPhase.Pending pending, PodView pod) {
        JobView job = Objects.requireNonNull(view.job(), "no Job to diagnose");
        Instant since = pod.startTime().map(Instant::parse).orElseGet(clock::instant);
        return after(since, view, pending, Reason.PodStartDelayed, () -> warnings.apply(pod.pod())
                .map(warning -> Messages.POD_NOT_STARTED.formatted(
                        pod.name(), warning, StepProgress.before(job, view.podsOfJob()))));
    }

    private JobExecution.Outcome after(
            Instant since, StepView view, StepPhase.Pending pending, Reason reason, Supplier<Optional<String>> cause) {
        Duration left = Duration.between(clock.instant(), since.plus(TIMEOUT));
        if (left.isPositive()) return new JobExecution.Outcome(pending, Optional.of(left));
        Optional<String> told =
                writeBudget.tryAcquire() ? cause.get().map(Messages::clip) : lastDiagnosis(view, reason);
        return new JobExecution.Outcome(
                told.<StepPhase>map(sentence -> new StepPhase.Pending(reason, sentence))
                        .orElse(pending),
                Optional.of(RequeueAfter.BLOCKED));
    }

    /// The cause that status shows, while the budget does not allow another request.
    private static Optional<String> lastDiagnosis(StepView view, Reason reason) {
        return Optional.ofNullable(view.step().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.Progressing))
                .filter(condition -> condition.reason().equals(reason.name()))
                .map(Condition::message);
    }
}
