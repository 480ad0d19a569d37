package dev.isogloss.operator.step;

import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import java.util.List;
import java.util.Optional;

/// Phase of a step whose Job has neither succeeded nor failed.
final class StepProgress {
    private StepProgress() {}

    static StepPhase of(JobView job, List<PodView> pods) {
        Optional<String> history = history(job, pods);
        String before = before(job, pods);
        Optional<PodView> running = pods.stream().filter(PodView::isRunning).reduce((earlier, later) -> later);
        if (running.isPresent() && !running.get().outlivedBy().isEmpty())
            return new StepPhase.Running(Messages.clip(Messages.OUTLIVED.formatted(
                    running.get().name(),
                    running.get().exitCode(),
                    String.join(", ", running.get().outlivedBy()),
                    before)));
        if (running.isPresent())
            return new StepPhase.Running(
                    Messages.POD_RUNS.formatted(running.get().name(), before));
        Optional<PodView> waiting = waiting(pods);
        if (waiting.isEmpty())
            return history.map(
                            sentence -> new StepPhase.Pending(Reason.Retrying, Messages.RETRYING.formatted(sentence)))
                    .orElseGet(() -> new StepPhase.Pending(Reason.JobCreated, Messages.NO_POD_YET));
        if (waiting.get().isLeaving())
            return new StepPhase.Pending(
                    Reason.FormerPodLeaving,
                    Messages.POD_LEAVING.formatted(waiting.get().name(), before));
        return waiting.get()
                .delay()
                .<StepPhase>map(delay -> new StepPhase.Pending(delay.reason(), Messages.clip(delay.message() + before)))
                .orElseGet(() -> new StepPhase.Pending(
                        Reason.PodPending,
                        Messages.POD_STARTING.formatted(waiting.get().name(), before)));
    }

    /// The youngest pod that has not ended.
    static Optional<PodView> waiting(List<PodView> pods) {
        return pods.stream().filter(pod -> !pod.isOver()).reduce((earlier, later) -> later);
    }

    /// The history of earlier pods as the end of a sentence; empty where there is none.
    static String before(JobView job, List<PodView> pods) {
        return history(job, pods).map(sentence -> "; " + sentence).orElse("");
    }

    /// The history of earlier pods. Those that were evicted from their node, and those that found another process at
    /// work on the step, do not count as failures, but they explain to the user why a step begins again and again.
    private static Optional<String> history(JobView job, List<PodView> pods) {
        long stopped = pods.stream().filter(PodView::wasDisrupted).count();
        boolean locked = pods.stream().anyMatch(PodView::foundLocked);
        if (job.failed() == 0 && stopped == 0 && !locked) return Optional.empty();
        String count = job.failed() > 0
                ? Messages.FAILED_BEFORE.formatted(StepFailure.times(job))
                : locked
                        ? Messages.LOCKED_BEFORE
                        : stopped == 1 ? Messages.STOPPED_BEFORE : Messages.STOPPED_SEVERAL_TIMES.formatted(stopped);
        return StepFailure.lastWords(pods)
                .map(sentence -> Messages.LAST_TIME.formatted(count, sentence))
                .or(() -> Optional.of(count));
    }
}
