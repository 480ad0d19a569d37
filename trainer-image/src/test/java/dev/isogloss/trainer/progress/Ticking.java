package dev.isogloss.trainer.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that moves by [#pass] alone.
public final class Ticking implements InstantSource {
    private Instant now = Instant.parse("2026-01-31T10:00:00Z");

    public void pass(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    @Override
    public Instant instant() {
        return now;
    }
}
