package dev.isogloss.trainer.progress;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.progress.RunEvent.RunFinished;
import dev.isogloss.trainer.progress.RunEvent.RunStarted;
import dev.isogloss.trainer.progress.RunEvent.StepAwaited;
import dev.isogloss.trainer.progress.RunEvent.StepFailed;
import dev.isogloss.trainer.progress.RunEvent.StepKept;
import dev.isogloss.trainer.progress.RunEvent.StepNoted;
import dev.isogloss.trainer.progress.RunEvent.StepProgressed;
import dev.isogloss.trainer.progress.RunEvent.StepRecomputed;
import dev.isogloss.trainer.progress.RunEvent.StepReused;
import dev.isogloss.trainer.progress.RunEvent.StepSkipped;
import dev.isogloss.trainer.progress.RunEvent.StepStarted;
import dev.isogloss.trainer.progress.RunEvent.StepStopped;
import dev.isogloss.trainer.progress.RunEvent.StepSucceeded;
import dev.isogloss.trainer.progress.RunEvent.StopRepeated;
import dev.isogloss.trainer.progress.RunEvent.StopRequested;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The state of a run, as its events tell it.
final class RunState {
    private final Map<StepKey, RunningStep> running = new LinkedHashMap<>();
    private final Map<StepKey, String> awaited = new LinkedHashMap<>();
    private String name = "";
    private Instant started = Instant.EPOCH;
    private int total;
    private int reused;
    private int succeeded;
    private int failed;
    private int skipped;
    private boolean stopping;

    void apply(RunEvent event, Instant now) {
        switch (event) {
            case RunStarted run -> {
                name = run.name();
                started = now;
                total = run.total();
                reused = run.reused();
            }
            case StepStarted step -> {
                awaited.remove(step.key());
                running.put(step.key(), RunningStep.started(step.title(), now));
            }
            case StepProgressed step -> running.computeIfPresent(step.key(), (_, was) -> was.progressed(step, now));
            case StepAwaited step -> awaited.put(step.key(), step.title());
            case StepReused step -> {
                awaited.remove(step.key());
                reused++;
            }
            case StepSucceeded step -> {
                running.remove(step.key());
                succeeded++;
            }
            case StepFailed step -> {
                running.remove(step.key());
                failed++;
            }
            case StepSkipped _ -> skipped++;
            case StepStopped step -> running.remove(step.key());
            case StopRequested _ -> stopping = true;
            case StepKept _ -> reused++;
            case StepNoted _, StepRecomputed _, StopRepeated _, RunFinished _ -> {}
        }
    }

    Map<StepKey, RunningStep> running() {
        return running;
    }

    Map<StepKey, String> awaited() {
        return awaited;
    }

    String name() {
        return name;
    }

    Instant started() {
        return started;
    }

    int total() {
        return total;
    }

    int reused() {
        return reused;
    }

    int failed() {
        return failed;
    }

    int skipped() {
        return skipped;
    }

    /// Steps that have a result.
    int done() {
        return reused + succeeded;
    }

    boolean stopping() {
        return stopping;
    }
}
