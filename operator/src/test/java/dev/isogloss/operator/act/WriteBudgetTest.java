package dev.isogloss.operator.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final WriteBudget pace = new WriteBudget(5, () -> now);

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void useUpWhatIsSaved() {
        while (pace.now()) assertThat(now).isNotNull();
    }

    @Test
    void at_leisure_everything_is_said_at_once() {
        for (int i = 0; i < 50; i++) {
            assertThat(pace.turn("experiment-" + i)).isZero();
            pass(Duration.ofMillis(250));
        }
    }

    @Test
    void half_a_minute_of_silence_is_saved_and_not_more() {
        pass(Duration.ofHours(1));
        int said = 0;
        while (pace.now()) said++;

        assertThat(said).isEqualTo(151);
    }

    @Test
    void in_a_rush_each_gets_its_turn_in_order() {
        useUpWhatIsSaved();

        assertThat(pace.turn("a")).isEqualTo(Duration.ofMillis(200));
        assertThat(pace.turn("b")).isEqualTo(Duration.ofMillis(400));
        pass(Duration.ofMillis(100));
        assertThat(pace.turn("a")).as("who asks again keeps its turn").isEqualTo(Duration.ofMillis(100));
        pass(Duration.ofMillis(100));
        assertThat(pace.turn("a")).isZero();
        assertThat(pace.turn("a")).as("a turn is good for once").isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void a_turn_given_back_is_another_ones() {
        useUpWhatIsSaved();
        pace.turn("a");
        pace.giveBack("a");
        pace.giveBack("nobody");

        assertThat(pace.turn("b")).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void a_thousand_who_ask_as_often_as_they_are_told_to_write_five_times_a_second() {
        useUpWhatIsSaved();
        Map<String, Instant> back = new HashMap<>();
        for (int i = 0; i < 1000; i++) back.put("e" + i, now);
        Instant began = now;
        int written = 0;
        while (now.isBefore(began.plusSeconds(60))) {
            for (Map.Entry<String, Instant> one : back.entrySet()) {
                if (one.getValue().isAfter(now)) continue;
                Duration wait = pace.turn(one.getKey());
                if (wait.isZero()) written++;
                one.setValue(now.plus(wait));
            }
            pass(Duration.ofMillis(100));
        }

        assertThat(written).isBetween(290, 300);
    }

    @Test
    void a_pace_of_nothing_is_refused() {
        assertThatThrownBy(() -> new WriteBudget(0, () -> now)).hasMessageContaining("0.0 writes a second");
    }
}
