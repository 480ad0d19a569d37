package dev.isogloss.operator.step;

import dev.isogloss.api.Condition;
import dev.isogloss.operator.act.Again;
import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.act.Pace;
import dev.isogloss.operator.observe.JobSight;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.words.ConditionType;
import dev.isogloss.operator.words.Reason;
import dev.isogloss.operator.words.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/// Why a Job gets no pod. Nothing that we watch changes then, so it is looked at again, and after a while the Job
/// controller's own words are asked for.
final class Podless {
    /// The Job controller makes a pod within a second; one that is only behind has as long as this.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Jobs jobs;
    private final Pace pace;
    private final InstantSource clock;

    Podless(Jobs jobs, Pace pace, InstantSource clock) {
        this.jobs = jobs;
        this.pace = pace;
        this.clock = clock;
    }

    /// @param pending what is said of a Job that has no pod yet
    StepWork.Done ask(StepView seen, StepOutlook.Pending pending) {
        JobSight job = Objects.requireNonNull(seen.job(), "no Job to ask about");
        Instant since = job.mayHavePodsSince().map(Instant::parse).orElseGet(clock::instant);
        Duration left = Duration.between(clock.instant(), since.plus(PATIENCE));
        if (left.isPositive()) return new StepWork.Done(pending, Optional.of(left));
        Optional<String> words = pace.now()
                ? jobs.refusal(job.job(), since)
                        .map(refusal -> Words.clip("the API server refuses its pod: " + refusal))
                : said(seen);
        return new StepWork.Done(
                words.<StepOutlook>map(refusal -> new StepOutlook.Pending(Reason.PodRefused, refusal))
                        .orElse(pending),
                Optional.of(Again.LATER));
    }

    /// What was found last time, while more is asked than anybody can answer.
    private static Optional<String> said(StepView seen) {
        return Optional.ofNullable(seen.step().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.Progressing))
                .filter(condition -> condition.reason().equals(Reason.PodRefused.name()))
                .map(Condition::message);
    }
}
