package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.ExperimentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// End of the time that an ended experiment stays.
final class Expiry {
    private Expiry() {}

    /// @param seconds `spec.ttlSecondsAfterFinished`; null where it stays
    /// @return the time that is left, zero or less where it is over; empty where the experiment stays or has not
    /// ended
    static Optional<Duration> left(@Nullable ExperimentStatus status, @Nullable Integer seconds, Instant now) {
        if (status == null || status.completionTime() == null || seconds == null) return Optional.empty();
        return Optional.of(
                Duration.between(now, Instant.parse(status.completionTime()).plusSeconds(seconds)));
    }
}
