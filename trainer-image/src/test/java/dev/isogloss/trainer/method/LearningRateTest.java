package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.method.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateTest {

    @ParameterizedTest
    @CsvSource({
        // Values of transformers.get_{linear,constant,cosine}_schedule_with_warmup, 10 of 100 updates warming up.
        "Linear, 0, 0.0",
        "Linear, 5, 0.5",
        "Linear, 10, 1.0",
        "Linear, 55, 0.5",
        "Linear, 99, 0.011111111111111112",
        "Constant, 5, 0.5",
        "Constant, 10, 1.0",
        "Constant, 99, 1.0",
        "Cosine, 5, 0.5",
        "Cosine, 10, 1.0",
        "Cosine, 55, 0.5",
        "Cosine, 99, 0.00030458649045213493",
    })
    void follows_the_schedules_of_transformers(Schedule schedule, long update, double factor) {
        assertThat(LearningRate.of(1, schedule, 0.1, 100).at(update)).isCloseTo(factor, within(1e-12));
    }

    @Test
    void without_warm_up_the_first_update_has_the_full_rate() {
        assertThat(LearningRate.of(3e-4, Schedule.Linear, 0, 10).at(0)).isEqualTo(3e-4);
    }
}
