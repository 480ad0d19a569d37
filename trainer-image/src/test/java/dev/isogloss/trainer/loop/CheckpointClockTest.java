package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointClockTest {

    @Test
    void a_checkpoint_is_due_after_every_so_many_updates() {
        CheckpointClock clock = new CheckpointClock(Duration.ofHours(9), 4);

        assertThat(clock.isDue(3)).isFalse();
        assertThat(clock.isDue(4)).isTrue();
        assertThat(clock.isDue(5)).isFalse();
        assertThat(clock.isDue(8)).isTrue();
    }

    @Test
    void by_time_alone_the_number_of_updates_does_not_matter() {
        assertThat(new CheckpointClock(Duration.ofHours(9), 0).isDue(4)).isFalse();
        assertThat(new CheckpointClock(Duration.ZERO, 0).isDue(1)).isTrue();
        assertThat(new CheckpointClock(Duration.ZERO, 4).isDue(1)).isTrue();
    }

    @Test
    void the_last_checkpoint_is_remembered() {
        CheckpointClock clock = new CheckpointClock(Duration.ofHours(9), 4);
        assertThat(clock.lastSaved()).isZero();

        clock.saved(8);

        assertThat(clock.lastSaved()).isEqualTo(8);
    }
}
