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
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// A line for the beginning and end of each step, and one every ten seconds between: for logs and pipes.
public final class PlainLines implements RunListener {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final InstantSource clock;
    private final RunState state = new RunState();
    private final Map<StepKey, Instant> lastPrinted = new HashMap<>();

    public PlainLines(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public synchronized void on(RunEvent event) {
        Instant now = clock.instant();
        state.apply(event, now);
        switch (event) {
            case RunStarted run ->
                out.printf(
                        "%s: %d steps, %d of them in the store %s%n",
                        run.name(), run.total(), run.reused(), run.store());
            case StepStarted step -> {
                lastPrinted.put(step.key(), now);
                line(step.title() + ": started");
            }
            case StepProgressed step -> progress(step, now);
            case StepNoted step -> line(step.title() + ": " + step.text());
            case StepAwaited step -> line(step.title() + ": " + step.holder() + " is on it; waiting for its result");
            case StepReused step -> line(step.title() + ": done by another process");
            case StepKept step -> line(step.title() + ": reused, for what it reads is the same as before");
            case StepRecomputed step -> line(step.title() + ": " + step.sentence());
            case StepSucceeded step ->
                line(step.title() + ": done in " + Clock.of(Duration.ofMillis(Math.round(step.seconds() * 1000))));
            case StepFailed step -> line(step.title() + ": failed. " + step.message());
            case StepSkipped step -> line(step.title() + ": skipped, " + step.because());
            case StopRequested stop -> out.println("Stopping: " + stop.sentence());
            case StepStopped step -> line(step.title() + ": stopped " + step.where());
            case StopRepeated _ -> out.println(StopRepeated.MESSAGE);
            case RunFinished _ -> {}
        }
        out.flush();
    }

    private void progress(StepProgressed step, Instant now) {
        RunningStep running = state.running().get(step.key());
        Instant last = lastPrinted.getOrDefault(step.key(), Instant.EPOCH);
        if (running == null || Duration.between(last, now).compareTo(PAUSE) < 0) return;
        lastPrinted.put(step.key(), now);
        line(step.title() + ": " + String.join(", ", running.facts(now)));
    }

    private void line(String text) {
        out.printf("[%d/%d] %s%n", state.done(), state.total(), text);
    }
}
