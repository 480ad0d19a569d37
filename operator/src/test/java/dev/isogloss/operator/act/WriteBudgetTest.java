package dev.isogloss.operator.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteBudgetTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final WriteBudget budget = new WriteBudget(5, () -> now);

    private void advance(Duration time) {
        now = now.plus(time);
    }

    private void useUpTheSavings() {
        while (budget.tryAcquire()) assertThat(now).isNotNull();
    }

    @Test
    void while_little_happens_everything_is_written_at_once() {
        for (int i = 0; i < 50; i++) {
            assertThat(budget.acquire("experiment-" + i)).isZero();
            advance(Duration.ofMillis(250));
        }
    }

    @Test
    void the_budget_of_half_a_minute_is_saved_and_no_more() {
        advance(Duration.ofHours(1));
        int written = 0;
        while (budget.tryAcquire()) written++;

        assertThat(written).isEqualTo(151);
    }

    @Test
    void resources_take_turns_in_the_order_of_their_requests() {
        useUpTheSavings();

        assertThat(budget.acquire("a")).isEqualTo(Duration.ofMillis(200));
        assertThat(budget.acquire("b")).isEqualTo(Duration.ofMillis(400));
        advance(Duration.ofMillis(100));
        assertThat(budget.acquire("a"))
                .as("who asks again keeps the reservation")
                .isEqualTo(Duration.ofMillis(100));
        advance(Duration.ofMillis(100));
        assertThat(budget.acquire("a")).isZero();
        assertThat(budget.acquire("a"))
                .as("a reservation is good for one write")
                .isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void a_released_reservation_goes_to_another() {
        useUpTheSavings();
        budget.acquire("a");
        budget.release("a");
        budget.release("nobody");

        assertThat(budget.acquire("b")).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void a_thousand_resources_that_ask_as_often_as_told_write_five_times_a_second() {
        useUpTheSavings();
        Map<String, Instant> back = new HashMap<>();
        for (int i = 0; i < 1000; i++) back.put("e" + i, now);
        Instant began = now;
        int written = 0;
        while (now.isBefore(began.plusSeconds(60))) {
            for (Map.Entry<String, Instant> one : back.entrySet()) {
                if (one.getValue().isAfter(now)) continue;
                Duration wait = budget.acquire(one.getKey());
                if (wait.isZero()) written++;
                one.setValue(now.plus(wait));
            }
            advance(Duration.ofMillis(100));
        }

        assertThat(written).isBetween(290, 300);
    }

    @Test
    void a_budget_of_nothing_is_refused() {
        assertThatThrownBy(() -> new WriteBudget(0, () -> now)).hasMessageContaining("0.0 writes a second");
    }
}
