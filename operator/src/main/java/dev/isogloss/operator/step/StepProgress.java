package dev.isogloss.operator.step;

import dev.isogloss.operator.observe.JobSight;
import dev.isogloss.operator.observe.PodSight;
import dev.isogloss.operator.words.Reason;
import dev.isogloss.operator.words.Words;
import java.util.List;
import java.util.Optional;

/// Where a Job is that has neither succeeded nor failed.
final class StepProgress {
    private StepProgress() {}

    static StepOutlook of(JobSight job, List<PodSight> pods) {
        String before = job.failed() == 0 ? "" : "; " + failures(job, pods);
        Optional<PodSight> running = pods.stream().filter(PodSight::isRunning).reduce((earlier, later) -> later);
        if (running.isPresent())
            return new StepOutlook.Running(
                    "pod %s runs%s".formatted(running.get().name(), before));
        Optional<PodSight> waiting = pods.stream().filter(pod -> !pod.isOver()).reduce((earlier, later) -> later);
        if (waiting.isEmpty())
            return job.failed() == 0
                    ? new StepOutlook.Pending(Reason.JobCreated, "its Job is there, its pod not yet")
                    : new StepOutlook.Pending(Reason.Retrying, "waits to be tried again; " + failures(job, pods));
        return waiting.get()
                .delay()
                .<StepOutlook>map(
                        delay -> new StepOutlook.Pending(delay.reason(), Words.clip(delay.message() + before)))
                .orElseGet(() -> new StepOutlook.Pending(
                        Reason.PodPending,
                        "pod %s is about to start%s".formatted(waiting.get().name(), before)));
    }

    private static String failures(JobSight job, List<PodSight> pods) {
        String count = job.failed() == 1 ? "it failed once" : "it failed %d times".formatted(job.failed());
        return StepFailure.lastWords(pods)
                .map(sentence -> count + ", the last time: " + sentence)
                .orElse(count);
    }
}
