package dev.isogloss.operator.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.status.Phases;
import dev.isogloss.operator.status.StatusSize;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.plan.step.CompareStep;
import dev.isogloss.result.TerminationMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Statuses of steps, from what is observed and decided.
public final class StepStatuses {
    private static final TrainingStepStatus NOTHING =
            new TrainingStepStatus(null, null, null, null, 0, false, null, null, false, null, null, null, null);

    /// More than a termination message of the trainer holds, and below the size limit of a status.
    private static final int MOST_SCORES = 512;

    private static final int MOST_SCORE_BYTES = 40 * 1024;

    private static final int MOST_FACTS = 64;
    private static final int MOST_FACTS_OF_COMPARISON = 1024;
    private static final String COMPARE =
            CompareStep.class.getAnnotation(JsonTypeName.class).value();
    private static final int LONGEST_NAME = 64;
    private static final int MOST_DIGESTS = 16;
    private static final int SHA_256 = 64;
    private static final int LONGEST_SKETCH = 2048;

    private StepStatuses() {}

    /// The whole status anew, from the view and from the status before.
    public static TrainingStepStatus next(StepView view, StepPhase phase, Instant now) {
        TrainingStepStatus before = Objects.requireNonNullElse(view.step().getStatus(), NOTHING);
        List<FollowUpResult> followUps =
                phase instanceof StepPhase.Succeeded(var result) ? followUps(view, result) : List.of();
        Conditions conditions = conditions(new Conditions(before.conditions(), view.generation(), now), phase);
        return new TrainingStepStatus(
                Phases.of(conditions.list()),
                view.generation(),
                conditions.list(),
                view.step().getMetadata().getName(),
                Math.max(before.attempts(), attempts(view, phase)),
                phase instanceof StepPhase.Succeeded(var result) && result.reused(),
                phase instanceof StepPhase.Succeeded(var result) ? scores(result) : null,
                phase instanceof StepPhase.Succeeded(var result)
                        ? result.facts().texts(mostFacts(result), LONGEST_NAME)
                        : null,
                phase instanceof StepPhase.Succeeded(var result) && result.keptModel(),
                phase instanceof StepPhase.Succeeded(var result) ? digests(result) : null,
                phase instanceof StepPhase.Succeeded(var result) ? labelSketch(result) : null,
                startTime(before, view).orElse(null),
                completionTime(view, phase, now),
                followUps.isEmpty() ? null : followUps);
    }

    /// A comparison has nothing but its facts, four for each language.
    private static int mostFacts(TerminationMessage.Result result) {
        return result.kind().equals(COMPARE) ? MOST_FACTS_OF_COMPARISON : MOST_FACTS;
    }

    /// Those of the steps that were to follow. Whatever does not fit beside the others is left out: a pod of its own
    /// will find it in the store.
    private static List<FollowUpResult> followUps(StepView view, TerminationMessage.Result own) {
        Set<String> asked =
                view.step().getSpec().followUps().stream().map(FollowUp::key).collect(Collectors.toSet());
        List<FollowUpResult> kept = new ArrayList<>();
        int weight = StatusSize.bytes(scores(own));
        for (TerminationMessage.Result result : own.followUps()) {
            if (!asked.contains(result.key().hex()) || result.scoresLeftOut() > 0) continue;
            FollowUpResult fitting = followUp(result);
            weight += StatusSize.bytes(fitting) + 1;
            if (weight > MOST_SCORE_BYTES) break;
            kept.add(fitting);
        }
        return List.copyOf(kept);
    }

    private static FollowUpResult followUp(TerminationMessage.Result result) {
        return new FollowUpResult(
                result.key().hex(),
                Messages.clip(result.kind(), 32),
                result.reused(),
                scores(result),
                result.facts().texts(mostFacts(result), LONGEST_NAME),
                result.keptModel(),
                digests(result),
                labelSketch(result));
    }

    private static Conditions conditions(Conditions conditions, StepPhase phase) {
        boolean progressing = phase instanceof StepPhase.Pending
                || phase instanceof StepPhase.Running
                || phase instanceof StepPhase.Stopping;
        switch (phase) {
            case StepPhase.Pending(var reason, var message) ->
                conditions.set(ConditionType.Progressing, true, reason, message);
            case StepPhase.Running(var message) ->
                conditions.set(ConditionType.Progressing, true, Reason.PodRunning, message);
            case StepPhase.Stopping(var message) ->
                conditions.set(ConditionType.Progressing, true, Reason.Stopping, message);
            case StepPhase.Stopped(var message) ->
                conditions.set(ConditionType.Progressing, false, Reason.SuspendRequested, message);
            case StepPhase.Succeeded _ ->
                conditions.set(ConditionType.Progressing, false, Reason.Ended, Messages.STEP_DONE);
            case StepPhase.Failed _ ->
                conditions.set(ConditionType.Progressing, false, Reason.Ended, Messages.STEP_FAILED);
        }
        complete(conditions, phase);
        if (phase instanceof StepPhase.Failed(var reason, var message))
            conditions.set(ConditionType.Failed, true, reason, message);
        else conditions.set(ConditionType.Failed, false, Reason.NotFailed, "");
        if (phase instanceof StepPhase.Stopped(var message))
            conditions.set(ConditionType.Suspended, true, Reason.SuspendRequested, message);
        else conditions.set(ConditionType.Suspended, false, Reason.NotSuspended, "");
        return conditions;
    }

    private static void complete(Conditions conditions, StepPhase phase) {
        if (!(phase instanceof StepPhase.Succeeded(var result))) {
            conditions.set(ConditionType.Complete, false, Reason.NotComplete, "");
            return;
        }
        if (result.reused()) conditions.set(ConditionType.Complete, true, Reason.ResultReused, Messages.RESULT_REUSED);
        else conditions.set(ConditionType.Complete, true, Reason.ResultRecorded, Messages.RESULT_RECORDED);
        int leftOut =
                result.scoresLeftOut() + result.scores().size() - scores(result).size();
        if (leftOut > 0)
            conditions.set(
                    ConditionType.Shortened,
                    true,
                    Reason.ResultsShortened,
                    Messages.SCORES_LEFT_OUT.formatted(leftOut));
    }

    /// A pod may have succeeded before the Job controller has counted any.
    private static int attempts(StepView view, StepPhase phase) {
        JobView job = view.job();
        if (job == null || !job.belongsTo(view.uid())) return 0;
        return phase instanceof StepPhase.Succeeded ? Math.max(job.attempts(), job.failed() + 1) : job.attempts();
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
                Messages.clip(score.language(), 32),
                Messages.clip(score.split(), 32),
                Messages.clip(score.metric(), 32),
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
        String sketch = result.labelSketch();
        return sketch == null || sketch.isEmpty() || sketch.length() > LONGEST_SKETCH ? null : sketch;
    }

    private static Optional<String> startTime(TrainingStepStatus before, StepView view) {
        return Optional.ofNullable(before.startTime()).or(() -> view.pods().stream()
                .map(PodView::startTime)
                .flatMap(Optional::stream)
                .findFirst());
    }

    private static @Nullable String completionTime(StepView view, StepPhase phase, Instant now) {
        if (!(phase instanceof StepPhase.Succeeded || phase instanceof StepPhase.Failed)) return null;
        return view.podsOfJob().stream()
                .filter(PodView::succeeded)
                .flatMap(pod -> pod.endTime().stream())
                .min(String::compareTo)
                .or(() -> Optional.ofNullable(view.job()).flatMap(JobView::completionTime))
                .orElseGet(() -> Conditions.timestamp(now));
    }
}
