package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private static ExperimentStatus ended(@Nullable String time) {
        return new ExperimentStatus(Phase.Succeeded, 1L, null, null, null, null, null, null, time);
    }

    @Test
    void an_ended_experiment_stays_as_long_as_it_says() {
        assertThat(Expiry.left(ended("2026-01-01T00:30:00Z"), 3600, NOW)).hasValue(Duration.ofMinutes(30));
        assertThat(Expiry.left(ended("2026-01-01T00:30:00Z"), 60, NOW)).hasValue(Duration.ofMinutes(-29));
        assertThat(Expiry.left(ended("2026-01-01T01:00:00Z"), 0, NOW)).hasValue(Duration.ZERO);
    }

    @Test
    void one_that_says_nothing_or_has_not_ended_stays() {
        assertThat(Expiry.left(ended("2026-01-01T00:30:00Z"), null, NOW)).isEmpty();
        assertThat(Expiry.left(ended(null), 60, NOW)).isEmpty();
        assertThat(Expiry.left(null, 60, NOW)).isEmpty();
    }
}
