package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Selection.Keep;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.tensor.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
    @TempDir
    Path folder;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void a_training_goes_down_to_the_truth() {
        try (Regression method = Regression.of(400)) {
            TrainingOutcome outcome = train(method, null, new Recorder(), "plain");

            assertThat(outcome.updates()).isEqualTo(400);
            assertThat(outcome.isRejected()).as("nothing was scored").isFalse();
            assertThat(method.result()[2]).isCloseTo(3, within(0.1f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10, 11, 37, 59})
    void stopped_after_any_update_and_resumed_it_ends_in_the_same_bits(int stopAfter) {
        float[] whole;
        Recorder once = new Recorder();
        try (Regression method = Regression.of(60)) {
            train(method, improving(method), once, "whole");
            whole = method.result();
        }

        Recorder twice = new Recorder();
        try (Regression method = Regression.of(60)) {
            twice.stopAfter = stopAfter;
            assertThatThrownBy(() -> train(method, improving(method), twice, "halves"))
                    .isInstanceOf(Stopped.class)
                    .hasMessage("at update %d of 60", stopAfter);
        }
        try (Regression method = Regression.of(60)) {
            twice.stopAfter = -1;
            train(method, improving(method), twice, "halves");

            assertThat(twice.resumedAt).isEqualTo(stopAfter);
            assertThat(method.result()).containsExactly(whole);
            assertThat(method.prepared).isZero();
            assertThat(twice.curve).isEqualTo(once.curve);
        }
    }

    @Test
    void a_killed_training_goes_on_from_its_last_checkpoint_to_the_same_bits() {
        float[] whole;
        try (Regression method = Regression.of(60)) {
            train(method, improving(method), new Recorder(), "whole");
            whole = method.result();
        }

        Recorder dying = new Recorder();
        dying.dieAfter = 48; // the last checkpoint is that of update 45, a better best was kept at 48 and is lost
        try (Regression method = Regression.of(60)) {
            assertThatThrownBy(() -> train(method, improving(method), dying, "killed"))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        try (Regression method = Regression.of(60)) {
            Recorder after = new Recorder();
            train(method, improving(method), after, "killed");

            assertThat(after.resumedAt).isEqualTo(45);
            assertThat(method.result()).containsExactly(whole);
        }
    }

    /// Files are copied where a power cut may come: when a checkpoint has its name, when the next one is half written,
    /// and when its best parameters are there and itself is not.
    @Test
    void whatever_a_power_cut_leaves_a_training_goes_on_from_it_to_the_same_bits() throws IOException {
        List<Path> cuts = new ArrayList<>();
        Path own = folder.resolve("own");
        Recorder once = new Recorder();
        float[] whole;
        try (Regression method = Regression.of(60)) {
            Checkpoints checkpoints = new Checkpoints(own, () -> cuts.add(copied(own, "cut" + cuts.size())));
            train(method, improving(method), once, checkpoints);
            whole = method.result();
        }
        assertThat(cuts).hasSize(12);
        for (int i = cuts.size() - 1; i > 0; i--) {
            Path next = copied(cuts.get(i - 1), "half" + i);
            byte[] checkpoint = Files.readAllBytes(cuts.get(i).resolve("checkpoint.safetensors"));
            Files.write(next.resolve("checkpoint.safetensors.part"), Arrays.copyOf(checkpoint, checkpoint.length / 2));
            try (Stream<Path> files = Files.list(cuts.get(i))) {
                for (Path best : files.filter(
                                file -> file.getFileName().toString().startsWith("best"))
                        .toList())
                    Files.copy(best, next.resolve(best.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            cuts.add(next);
        }

        for (Path cut : cuts)
            try (Regression method = Regression.of(60)) {
                Recorder after = new Recorder();
                train(method, improving(method), after, new Checkpoints(cut));

                assertThat(method.result()).as(cut.toString()).containsExactly(whole);
                assertThat(after.resumedAt).isPositive();
                assertThat(once.curve).endsWith(after.curve.toArray(String[]::new));
            }
    }

    private Path copied(Path from, String name) {
        Path to = folder.resolve(name);
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectory(to);
            for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_process_that_is_killed_while_it_writes_checkpoints_goes_on_to_the_same_bits() throws Exception {
        float[] whole;
        try (KilledTraining method = new KilledTraining()) {
            train(method, null, new Recorder(), "alive");
            whole = method.result();
        }

        for (int updates : new int[] {1, 9, 16})
            KilledTraining.inAProcessThatIsKilledAfter(updates, folder.resolve("dead"));

        try (KilledTraining method = new KilledTraining()) {
            Recorder after = new Recorder();
            train(method, null, after, "dead");
            assertThat(after.resumedAt).isBetween(14L, 60L);
            assertThat(method.result()).containsExactly(whole);
        }
    }

    /// A checkpoint is due every five updates, the last one at the end.
    @ParameterizedTest
    @ValueSource(longs = {1, 12, 58})
    void a_checkpoint_that_cannot_be_written_ends_the_training_as_it_would_if_it_was_written_at_once(long update) {
        Path own = folder.resolve("full");
        Recorder recorder = new Recorder();
        recorder.seenUpdate = () -> {
            if (recorder.seen == update) block(own);
        };
        try (Regression method = Regression.of(60)) {
            assertThatThrownBy(() -> train(method, null, recorder, "full"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("checkpoint.safetensors.part");
            assertThat(recorder.seen).as("not much later").isLessThanOrEqualTo(update + 10);
        }
    }

    @Test
    void a_stop_whose_checkpoint_cannot_be_written_is_no_stop() {
        Path own = folder.resolve("full");
        Recorder recorder = new Recorder();
        recorder.stopAfter = 7;
        recorder.seenUpdate = () -> {
            if (recorder.seen == 7) block(own);
        };
        try (Regression method = Regression.of(60)) {
            assertThatThrownBy(() -> train(method, null, recorder, "full")).isInstanceOf(UncheckedIOException.class);
        }
    }

    /// A folder that is not empty stands where a checkpoint is to be written.
    private static void block(Path folder) {
        try {
            Files.createDirectories(
                    folder.resolve("checkpoint.safetensors.part").resolve("in the way"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /// As on a GPU, which has the next update when the losses of one are read.
    @Nested
    class AnUpdateAhead {

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

    @Test
    void a_resumed_training_that_diverges_names_the_checkpoint_that_it_went_on_from() {
        Recorder recorder = new Recorder();
        recorder.stopAfter = 11;
        try (Regression method = Regression.of(60)) {
            assertThatThrownBy(() -> train(method, null, recorder, "again")).isInstanceOf(Stopped.class);
        }
        try (Regression method = new Regression(60, 1, update -> update == 12 ? Double.NaN : 0)) {
            assertThatThrownBy(() -> train(method, null, new Recorder(), "again"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("The last checkpoint, of update 11, is sound and kept");
        }
    }

    private static Scoring improving(Regression method) {
        return new Scoring(8, 0, Keep.Best, () -> Map.of("accuracy", 1 - Math.abs(3 - (double) method.result()[2])));
    }

    private TrainingOutcome train(Method method, @Nullable Scoring scoring, Recorder recorder, String name) {
        return train(method, scoring, recorder, new Checkpoints(folder.resolve(name)));
    }

    private static TrainingOutcome train(
            Method method, @Nullable Scoring scoring, Recorder recorder, Checkpoints checkpoints) {
        return new Training(method, scoring, checkpoints, Duration.ofHours(1), 5, recorder).run();
    }

    /// Remembers what it sees; stops or dies after an update when asked to.
    private static final class Recorder implements TrainingListener {
        final List<String> curve = new ArrayList<>();
        final List<Double> rates = new ArrayList<>();
        final List<Double> losses = new ArrayList<>();
        Runnable seenUpdate = () -> {};
        long stopAfter = -1;
        long dieAfter = -1;
        long resumedAt = -1;
        long seen;

        @Override
        public void resumed(long update) {
            resumedAt = update;
        }

        @Override
        public void updated(long update, long of, double loss) {
            seen = update;
            losses.add(loss);
            seenUpdate.run();
            if (update == dieAfter) throw new OutOfMemoryError("as if killed");
        }

        @Override
        public void read(long examples, long tokens) {
            assertThat(examples).isEqualTo(8);
        }

        @Override
        public void curve(long update, Map<String, Double> values) {
            curve.add(update + " " + values);
            Double rate = values.get("learningRate.model");
            if (rate != null) rates.add(rate);
        }

        @Override
        public boolean stopRequested() {
            return seen == stopAfter;
        }
    }
}
