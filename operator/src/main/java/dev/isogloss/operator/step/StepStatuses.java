package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.status.Phases;
import dev.isogloss.operator.status.StatusSize;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.result.TerminationMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// From an outlook to a status.
public final class StepStatuses {
    private static final TrainingStepStatus NOTHING =
            new TrainingStepStatus(null, null, null, null, 0, false, null, null, false, null, null, null, null);

    /// More than any honest termination message holds, and below what a status may weigh.
    private static final int MOST_SCORES = 512;

    private static final int MOST_SCORE_BYTES = 40 * 1024;

    private static final int MOST_FACTS = 64;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_DIGESTS = 16;
    private static final int SHA_256 = 64;
    private static final int LONGEST_SKETCH = 2048;

    private StepStatuses() {}

    /// The whole status anew, from what is seen and from what status said before.
    public static TrainingStepStatus next(StepView seen, StepPhase outlook, Instant now) {
        TrainingStepStatus before = Objects.requireNonNullElse(seen.step().getStatus(), NOTHING);
        Conditions conditions = conditions(new Conditions(before.conditions(), seen.generation(), now), outlook);
        return new TrainingStepStatus(
                Phases.of(conditions.list()),
                seen.generation(),
                conditions.list(),
                seen.step().getMetadata().getName(),
                Math.max(before.attempts(), attempts(seen, outlook)),
                outlook instanceof StepPhase.Succeeded(var result) && result.reused(),
                outlook instanceof StepPhase.Succeeded(var result) ? scores(result) : null,
                outlook instanceof StepPhase.Succeeded(var result)
                        ? result.facts().texts(MOST_FACTS, LONGEST_NAME)
                        : null,
                outlook instanceof StepPhase.Succeeded(var result) && result.keptModel(),
                outlook instanceof StepPhase.Succeeded(var result) ? digests(result) : null,
                outlook instanceof StepPhase.Succeeded(var result) ? labelSketch(result) : null,
                startTime(before, seen).orElse(null),
                completionTime(seen, outlook, now));
    }

    private static Conditions conditions(Conditions conditions, StepPhase outlook) {
        boolean progressing = outlook instanceof StepPhase.Pending
                || outlook instanceof StepPhase.Running
                || outlook instanceof StepPhase.Stopping;
        switch (outlook) {
            case StepPhase.Pending(var reason, var message) ->
                conditions.set(ConditionType.Progressing, true, reason, message);
            case StepPhase.Running(var message) ->
                conditions.set(ConditionType.Progressing, true, Reason.PodRunning, message);
            case StepPhase.Stopping(var message) ->
                conditions.set(ConditionType.Progressing, true, Reason.Stopping, message);
            case StepPhase.Stopped(var message) ->
                conditions.set(ConditionType.Progressing, false, Reason.SuspendRequested, message);
            case StepPhase.Succeeded _ -> conditions.set(ConditionType.Progressing, false, Reason.Ended, "it is done");
            case StepPhase.Failed _ -> conditions.set(ConditionType.Progressing, false, Reason.Ended, "it failed");
        }
        complete(conditions, outlook);
        if (outlook instanceof StepPhase.Failed(var reason, var message))
            conditions.set(ConditionType.Failed, true, reason, message);
        else conditions.set(ConditionType.Failed, false, Reason.NotFailed, "");
        if (outlook instanceof StepPhase.Stopped(var message))
            conditions.set(ConditionType.Suspended, true, Reason.SuspendRequested, message);
        else conditions.set(ConditionType.Suspended, false, Reason.NotSuspended, "");
        return conditions;
    }

    private static void complete(Conditions conditions, StepPhase outlook) {
        if (!(outlook instanceof StepPhase.Succeeded(var result))) {
            conditions.set(ConditionType.Complete, false, Reason.NotComplete, "");
            return;
        }
        if (result.reused())
            conditions.set(ConditionType.Complete, true, Reason.ResultReused, "its result was in the store already");
        else conditions.set(ConditionType.Complete, true, Reason.ResultRecorded, "its result is in the store");
        int leftOut =
                result.scoresLeftOut() + result.scores().size() - scores(result).size();
        if (leftOut > 0)
            conditions.set(
                    ConditionType.Shortened,
                    true,
                    Reason.ResultsShortened,
                    "%d scores did not fit here; all of them are in the step's result.json in the store"
                            .formatted(leftOut));
    }

    /// A pod may have succeeded before the Job controller has counted any.
    private static int attempts(StepView seen, StepPhase outlook) {
        JobView job = seen.job();
        if (job == null || !job.belongsTo(seen.uid())) return 0;
        return outlook instanceof StepPhase.Succeeded ? Math.max(job.attempts(), job.failed() + 1) : job.attempts();
    }

    private static List<StepScore> scores(TerminationMessage.Result result) {
        List<StepScore> kept = new ArrayList<>();
        int weight = 0;
        for (StepScore score : result.scores()) {
            StepScore fitting = fitting(score);
            weight += StatusSize.bytes(fitting) + 1;
            if (kept.size() == MOST_SCORES || weight > MOST_SCORE_BYTES) break;
            kept.add(fitting);
        }
        return List.copyOf(kept);
    }

    private static StepScore fitting(StepScore score) {
        return new StepScore(
                Labels.clip(score.language(), 32),
                Labels.clip(score.split(), 32),
                Labels.clip(score.metric(), 32),
                score.value(),
                score.examples());
    }

    private static @Nullable Map<String, String> digests(TerminationMessage.Result result) {
        Map<String, String> digests = new TreeMap<>();
        result.digests().forEach((name, digest) -> {
            if (digests.size() < MOST_DIGESTS && name.length() <= LONGEST_NAME && digest.length() == SHA_256)
                digests.put(name, digest);
        });
        return digests.isEmpty() ? null : digests;
    }

    private static @Nullable String labelSketch(TerminationMessage.Result result) {
        String said = result.labelSketch();
        return said == null || said.isEmpty() || said.length() > LONGEST_SKETCH ? null : said;
    }

    private static Optional<String> startTime(TrainingStepStatus before, StepView seen) {
        return Optional.ofNullable(before.startTime()).or(() -> seen.pods().stream()
                .map(PodView::startTime)
                .flatMap(Optional::stream)
                .findFirst());
    }

    private static @Nullable String completionTime(StepView seen, StepPhase outlook, Instant now) {
        if (!(outlook instanceof StepPhase.Succeeded || outlook instanceof StepPhase.Failed)) return null;
        return seen.podsOfJob().stream()
                .filter(PodView::succeeded)
                .flatMap(pod -> pod.endTime().stream())
                .min(String::compareTo)
                .or(() -> Optional.ofNullable(seen.job()).flatMap(JobView::completionTime))
                .orElseGet(() -> Conditions.timestamp(now));
    }
}
