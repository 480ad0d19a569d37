package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trainings that are stopped, killed or cannot write, and go on from their checkpoint.
class InterruptedTrainingTest extends TrainingTestBase {

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
}
