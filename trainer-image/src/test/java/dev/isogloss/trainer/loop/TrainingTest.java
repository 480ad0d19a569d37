package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Selection.Keep;
import dev.isogloss.trainer.method.LearningRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest extends TrainingTestBase {
    @Test
    void a_training_goes_down_to_the_truth() {
        try (Regression method = Regression.of(400)) {
            TrainingOutcome outcome = train(method, null, new Recorder(), "plain");

            assertThat(outcome.updates()).isEqualTo(400);
            assertThat(outcome.isRejected()).as("nothing was scored").isFalse();
            assertThat(method.result()[2]).isCloseTo(3, within(0.1f));
        }
    }

    @Test
    void the_best_scored_parameters_are_the_ones_that_stay() {
        List<float[]> scored = new ArrayList<>();
        double[] scores = {0.3, 0.8, 0.5, 0.8};
        try (Regression method = Regression.of(40)) {
            Scoring scoring = new Scoring(10, 0, Keep.Best, () -> {
                scored.add(method.result());
                return Map.of("accuracy", scores[scored.size() - 1]);
            });

            TrainingOutcome outcome = train(method, scoring, new Recorder(), "best");

            assertThat(outcome).isEqualTo(new TrainingOutcome(40, 20, 0.8, Double.NaN));
            assertThat(method.result()).containsExactly(scored.get(1));
        }
    }

    @Test
    void better_keeps_the_best_of_the_checkpoints_that_beat_the_beginning() {
        try (Regression method = Regression.of(40)) {
            Recorder recorder = new Recorder();

            TrainingOutcome outcome = train(method, scores(Keep.Better, 0.4, 0.3, 0.8, 0.5, 0.8), recorder, "better");

            assertThat(outcome).isEqualTo(new TrainingOutcome(40, 20, 0.8, 0.4));
            assertThat(outcome.isRejected()).isFalse();
            assertThat(recorder.curve).contains("0 {accuracy=0.4}", "20 {accuracy=0.8}");
        }
    }

    @Test
    void better_returns_to_the_beginning_when_no_checkpoint_scores_strictly_higher() {
        try (Regression method = Regression.of(40)) {
            float[] beginning = method.result();

            TrainingOutcome outcome =
                    train(method, scores(Keep.Better, 0.8, 0.3, 0.8, 0.5, 0.7), new Recorder(), "not better");

            assertThat(outcome).isEqualTo(new TrainingOutcome(40, 0, 0.8, 0.8));
            assertThat(outcome.isRejected()).isTrue();
            assertThat(method.result()).containsExactly(beginning);
        }
    }

    @Test
    void patience_counts_from_the_bar() {
        try (Regression method = Regression.of(1000)) {
            double[] scores = new double[20];
            Arrays.fill(scores, 0.5);
            Scoring scoring = scores(Keep.Better, scores);

            TrainingOutcome outcome = train(
                    method, new Scoring(10, 3, Keep.Better, scoring.scores()), new Recorder(), "patience from the bar");

            assertThat(outcome.updates()).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 12, 33})
    void the_bar_is_measured_once_however_often_a_training_is_stopped(int stopAfter) {
        Recorder once = new Recorder();
        float[] whole;
        try (Regression method = Regression.of(40)) {
            train(method, scores(Keep.Better, 0.4, 0.3, 0.8, 0.5, 0.8), once, "whole bar");
            whole = method.result();
        }
        Recorder twice = new Recorder();
        twice.stopAfter = stopAfter;
        Scoring scoring = scores(Keep.Better, 0.4, 0.3, 0.8, 0.5, 0.8);
        try (Regression method = Regression.of(40)) {
            assertThatThrownBy(() -> train(method, scoring, twice, "halves bar"))
                    .isInstanceOf(Stopped.class);
        }
        try (Regression method = Regression.of(40)) {
            twice.stopAfter = -1;

            TrainingOutcome outcome = train(method, scoring, twice, "halves bar");

            assertThat(outcome).isEqualTo(new TrainingOutcome(40, 20, 0.8, 0.4));
            assertThat(method.result()).containsExactly(whole);
            assertThat(twice.curve).isEqualTo(once.curve);
        }
    }

    private static Scoring scores(Keep keep, double... scores) {
        int[] asked = {0};
        return new Scoring(10, 0, keep, () -> Map.of("accuracy", scores[asked[0]++]));
    }

    @Test
    void patience_ends_a_training_that_no_longer_gets_better() {
        int[] asked = {0};
        try (Regression method = Regression.of(1000)) {
            Scoring scoring =
                    new Scoring(10, 3, Keep.Best, () -> Map.of("accuracy", asked[0]++ < 2 ? asked[0] / 10.0 : 0));

            assertThat(train(method, scoring, new Recorder(), "patience").updates())
                    .isEqualTo(50);
        }
    }

    @Test
    void micro_batches_add_up_to_the_gradient_of_the_whole() {
        try (Regression one = Regression.of(30);
                Regression four = new Regression(30, 4, update -> 0)) {
            train(one, null, new Recorder(), "one");
            train(four, null, new Recorder(), "four");

            // Not the same bits (sums in another order), and the running mean moves four times as often.
            for (int i = 0; i < 3; i++) assertThat(four.result()[i]).isCloseTo(one.result()[i], within(0.02f));
        }
    }

    /// The first update of a warm-up has a rate of 0, and so has the weights where they were.
    @Test
    void an_update_has_the_rate_that_the_schedule_has_before_it() {
        List<float[]> after = new ArrayList<>();
        try (Regression method = Regression.of(40)) {
            Recorder recorder = new Recorder();
            recorder.seenUpdate = () -> after.add(method.result());
            train(method, null, recorder, "rates");

            LearningRate rate = method.groups().getFirst().rate();
            assertThat(after.getFirst()).containsOnly(0);
            assertThat(after.get(1)).doesNotContain(0);
            assertThat(recorder.rates).hasSize(40);
            for (int update = 0; update < 40; update++)
                assertThat(recorder.rates.get(update)).isEqualTo(rate.at(update));
        }
    }

    @Test
    void a_loss_that_is_no_number_stops_the_training_and_says_where() {
        try (Regression method = new Regression(60, 1, update -> update == 36 ? Double.NaN : 0)) {
            assertThatThrownBy(() -> train(method, null, new Recorder(), "nan"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("The loss (squares) is NaN at update 37 of 60")
                    .hasMessageContaining("The last checkpoint, of update 35, is sound and kept");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 59})
    void weights_that_are_no_numbers_become_neither_a_checkpoint_nor_a_result(long update) {
        try (Regression method = Regression.of(60)) {
            method.breaksAt = update;
            assertThatThrownBy(() -> train(method, null, new Recorder(), "broken"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("The parameter model/w holds NaN or infinite numbers at update %d of 60"
                            .formatted(update + 1));
        }
    }

    /// No checkpoint is due at the end, or where a score is.
    @Test
    void weights_that_are_no_numbers_are_not_scored_and_are_no_result() {
        for (long update : new long[] {7, 59})
            try (Regression method = Regression.of(60)) {
                method.breaksAt = update;
                Checkpoints none = new Checkpoints(folder.resolve("broken" + update));
                Scoring scoring = new Scoring(8, 0, Keep.Best, () -> {
                    assertThat(method.result()).doesNotContain(Float.NaN);
                    return Map.of("accuracy", 0.5);
                });
                assertThatThrownBy(() -> new Training(
                                        method,
                                        update == 7 ? scoring : null,
                                        none,
                                        Duration.ofHours(1),
                                        0,
                                        new Recorder())
                                .run())
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageContaining("The parameter model/w holds NaN or infinite numbers at update %d of 60"
                                .formatted(update + 1));
            }
    }
}
