package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.trainer.progress.RunEvent.StepProgressed;
import dev.isogloss.trainer.progress.RunningStep;
import dev.isogloss.trainer.step.Progress;
import dev.isogloss.trainer.store.StepLock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A step's progress, told to other processes as well: with its lock, once a second at most.
final class ToldProgress implements Progress {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PlannedStep step;
    private final Progress progress;
    private final StepLock lock;
    private final InstantSource clock;
    private RunningStep running;
    private Instant next;

    ToldProgress(PlannedStep step, Progress progress, StepLock lock, InstantSource clock) {
        this.step = step;
        this.progress = progress;
        this.lock = lock;
        this.clock = clock;
        this.next = clock.instant();
        this.running = RunningStep.started(step.title(), next);
    }

    @Override
    public synchronized void update(
            long update, long of, double loss, double examplesPerSecond, double tokensPerSecond) {
        progress.update(update, of, loss, examplesPerSecond, tokensPerSecond);
        Instant now = clock.instant();
        running = running.progressed(
                new StepProgressed(step.key(), step.title(), update, of, loss, examplesPerSecond, tokensPerSecond),
                now);
        if (now.isBefore(next)) return;
        next = now.plus(PAUSE);
        tell(String.join(", ", running.facts(now)));
    }

    /// That nobody hears of it is no reason to end the step.
    private void tell(String line) {
        try {
            lock.tell(line);
        } catch (IOException full) {
            next = Instant.MAX;
            note("isogloss status cannot say how far this step is: " + full.getMessage());
        }
    }

    @Override
    public void note(String text) {
        progress.note(text);
    }
}
