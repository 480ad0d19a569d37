package dev.isogloss.trainer.loop;

import java.time.Duration;

/// Says when the next checkpoint is due. The only thing in the loop that looks at the time: it decides when to save,
/// never what.
final class CheckpointClock {
    private final Duration every;
    private final int everyUpdates;
    private long savedAt = System.nanoTime();
    private long savedUpdate;

    /// @param everyUpdates 0: by time only
    CheckpointClock(Duration every, int everyUpdates) {
        this.every = every;
        this.everyUpdates = everyUpdates;
    }

    boolean isDue(long update) {
        return (everyUpdates > 0 && update % everyUpdates == 0) || System.nanoTime() - savedAt >= every.toNanos();
    }

    void saved(long update) {
        savedAt = System.nanoTime();
        savedUpdate = update;
    }

    long lastSaved() {
        return savedUpdate;
    }
}
