package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.views.JobView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/// Why a Job gets no pod. Nothing that we watch changes then, so it is looked at again, and after a while the Job
/// controller's own words are asked for.
final class MissingPodDiagnosis {
    /// The Job controller makes a pod within a second; one that is only behind has as long as this.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Jobs jobs;
    private final WriteBudget pace;
    private final InstantSource clock;

    MissingPodDiagnosis(Jobs jobs, WriteBudget pace, InstantSource clock) {
        this.jobs = jobs;
        this.pace = pace;
        this.clock = clock;
    }

    /// @param pending what is said of a Job that has no pod yet
    JobExecution.Done ask(StepView seen, StepPhase.Pending pending) {
        JobView job = Objects.requireNonNull(seen.job(), "no Job to ask about");
        Instant since = job.mayHavePodsSince().map(Instant::parse).orElseGet(clock::instant);
        Duration left = Duration.between(clock.instant(), since.plus(PATIENCE));
        if (left.isPositive()) return new JobExecution.Done(pending, Optional.of(left));
        Optional<String> words = pace.now()
                ? jobs.refusal(job.job(), since)
                        .map(refusal -> Labels.clip("the API server refuses its pod: " + refusal))
                : said(seen);
        return new JobExecution.Done(
                words.<StepPhase>map(refusal -> new StepPhase.Pending(Reason.PodRefused, refusal))
                        .orElse(pending),
                Optional.of(RequeueAfter.LATER));
    }

    /// What was found last time, while more is asked than anybody can answer.
    private static Optional<String> said(StepView seen) {
        return Optional.ofNullable(seen.step().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.Progressing))
                .filter(condition -> condition.reason().equals(Reason.PodRefused.name()))
                .map(Condition::message);
    }
}
