package dev.isogloss.trainer.progress;

import java.time.Duration;
import java.util.Locale;

/// Durations as people read them: "0:07", "12:30", "3:05:00".
public final class Clock {

    private Clock() {}

    public static String of(Duration duration) {
        long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
