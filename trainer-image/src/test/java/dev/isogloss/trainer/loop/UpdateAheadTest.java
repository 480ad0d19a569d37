package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Selection.Keep;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trainings as on a GPU, which has the next update when the losses of one are read.
class UpdateAheadTest extends TrainingTestBase {

    @Test
    void shows_the_numbers_that_it_shows_without() {
        List<Object> whole = shown(0, -1);

        assertThat(shown(1, -1)).isEqualTo(whole);
        for (int stopAfter : new int[] {1, 8, 10, 37, 59})
            assertThat(shown(1, stopAfter)).isEqualTo(whole);
    }

    /// Every loss, every line of the curve, the outcome and the weights.
    private List<Object> shown(int ahead, int stopAfter) {
        Recorder recorder = new Recorder();
        String name = "ahead %d stopped %d".formatted(ahead, stopAfter);
        recorder.stopAfter = stopAfter;
        try (Regression method = Regression.of(450)) {
            TrainingOutcome outcome = train(method, recorder, name, ahead);
            return List.of(recorder.losses, recorder.curve, outcome, Arrays.toString(method.result()));
        } catch (Stopped asked) {
            recorder.stopAfter = -1;
        }
        try (Regression method = Regression.of(450)) {
            TrainingOutcome outcome = train(method, recorder, name, ahead);
            assertThat(recorder.resumedAt).isBetween((long) stopAfter, stopAfter + 1L);
            return List.of(recorder.losses, recorder.curve, outcome, Arrays.toString(method.result()));
        }
    }

    private TrainingOutcome train(Regression method, Recorder recorder, String name, int ahead) {
        return new Training(
                        method,
                        new Scoring(8, 0, Keep.Best, improving(method).scores()),
                        new Checkpoints(folder.resolve(name)),
                        new CheckpointClock(Duration.ofHours(1), 5),
                        recorder,
                        ahead)
                .run();
    }

    /// Of 4,000 updates every twentieth is a line of the curve, so that none settles the one before.
    @ParameterizedTest
    @ValueSource(longs = {36, 38, 39})
    void a_loss_that_is_no_number_is_named_an_update_later_and_the_weights_are_those_before_it(long bad) {
        float[] before;
        try (Regression method = Regression.of(4000)) {
            Recorder stopped = new Recorder();
            stopped.stopAfter = bad;
            assertThatThrownBy(() -> train(method, stopped, "sound", 0)).isInstanceOf(Stopped.class);
            before = method.result();
        }
        try (Regression method =
                new Regression(4000, 1, update -> update == bad || update == bad + 1 ? Double.NaN : 0)) {
            Recorder recorder = new Recorder();
            assertThatThrownBy(() -> train(method, recorder, "nan", 1))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("The loss (squares) is NaN at update %d of 4000".formatted(bad + 1))
                    .hasMessageContaining("The last checkpoint, of update 35, is sound and kept");
            assertThat(recorder.seen).isEqualTo(bad);
            assertThat(method.result()).containsExactly(before);
        }
    }

    @Test
    void what_fails_because_of_a_loss_that_is_no_number_is_called_by_that() {
        try (Regression method = new Regression(4000, 1, update -> {
            if (update == 37) throw new IllegalStateException("no way to go on");
            return update == 36 ? Double.NaN : 0;
        })) {
            assertThatThrownBy(() -> train(method, new Recorder(), "fails", 1))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("The loss (squares) is NaN at update 37 of 4000");
        }
    }
}
