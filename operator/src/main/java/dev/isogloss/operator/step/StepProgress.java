package dev.isogloss.operator.step;

import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import java.util.List;
import java.util.Optional;

/// Where a Job is that has neither succeeded nor failed.
final class StepProgress {
    private StepProgress() {}

    static StepPhase of(JobView job, List<PodView> pods) {
        Optional<String> history = history(job, pods);
        String before = history.map(sentence -> "; " + sentence).orElse("");
        Optional<PodView> running = pods.stream().filter(PodView::isRunning).reduce((earlier, later) -> later);
        if (running.isPresent())
            return new StepPhase.Running("pod %s runs%s".formatted(running.get().name(), before));
        Optional<PodView> waiting = pods.stream().filter(pod -> !pod.isOver()).reduce((earlier, later) -> later);
        if (waiting.isEmpty())
            return history.map(
                            sentence -> new StepPhase.Pending(Reason.Retrying, "waits to be tried again; " + sentence))
                    .orElseGet(() -> new StepPhase.Pending(Reason.JobCreated, "its Job is there, its pod not yet"));
        if (waiting.get().isLeaving())
            return new StepPhase.Pending(
                    Reason.FormerPodLeaving,
                    "waits for pod %s to end, which was told to stop%s"
                            .formatted(waiting.get().name(), before));
        return waiting.get()
                .delay()
                .<StepPhase>map(delay -> new StepPhase.Pending(delay.reason(), Labels.clip(delay.message() + before)))
                .orElseGet(() -> new StepPhase.Pending(
                        Reason.PodPending,
                        "pod %s is about to start%s".formatted(waiting.get().name(), before)));
    }

    /// What became of pods before. Those that were thrown off their node do not count as failures, but whoever wonders
    /// why a step begins again and again must be told.
    private static Optional<String> history(JobView job, List<PodView> pods) {
        long stopped = pods.stream().filter(PodView::wasDisrupted).count();
        if (job.failed() == 0 && stopped == 0) return Optional.empty();
        String count = job.failed() > 0
                ? "it failed " + StepFailure.times(job)
                : stopped == 1 ? "a pod before it was stopped" : "%d pods before it were stopped".formatted(stopped);
        return StepFailure.lastWords(pods)
                .map(sentence -> count + ", the last time: " + sentence)
                .or(() -> Optional.of(count));
    }
}
