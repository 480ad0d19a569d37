package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.trainer.loop.CheckpointState.Best;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in the folder of a training's checkpoints.
class CheckpointsTest {
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
    void the_best_parameters_stay_until_a_checkpoint_speaks_of_better_ones() {
        try (Checkpoints checkpoints = new Checkpoints(folder)) {
            String first = checkpoints.keepBest(10, weights(1));
            save(checkpoints, state(10, first), weights(1));
            assertThat(files()).containsExactly(first, "checkpoint.safetensors");
            String second = checkpoints.keepBest(20, weights(2));
            assertThat(files()).as("in memory so far").containsExactly(first, "checkpoint.safetensors");

            save(checkpoints, state(20, second), weights(3));

            assertThat(files()).containsExactly(second, "checkpoint.safetensors");
            assertThat(best(checkpoints, second)).containsOnly(2);
            Map<String, Tensor> last = weights(0);
            assertThat(checkpoints.restore(last)).contains(state(20, second));
            assertThat(last.get("w").toFloats()).containsOnly(3);
        }
    }

    @Test
    void the_best_parameters_that_no_file_holds_yet_are_as_they_were_when_they_were_scored() {
        try (Checkpoints checkpoints = new Checkpoints(folder)) {
            Map<String, Tensor> parameters = weights(1);
            checkpoints.keepBest(10, parameters);
            parameters.get("w").assign(Tensor.full(2, 2));
            String best = checkpoints.keepBest(20, parameters);
            parameters.get("w").assign(Tensor.full(3, 2));

            assertThat(best(checkpoints, best)).containsOnly(2);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void a_checkpoint_holds_what_the_tensors_held_when_it_was_begun() {
        try (Checkpoints checkpoints = new Checkpoints(folder)) {
            Map<String, Tensor> tensors = weights(1);
            checkpoints.save(CheckpointState.fresh(), tensors);
            tensors.get("w").assign(Tensor.full(2, 2));

            checkpoints.await();

            checkpoints.restore(tensors);
            assertThat(tensors.get("w").toFloats()).containsOnly(1);
        }
    }

    @Test
    void without_room_for_a_copy_everything_is_written_at_once_to_the_same_bytes() throws IOException {
        Path other = folder.resolve("other");
        try (Checkpoints beside = new Checkpoints(folder);
                Checkpoints atOnce = new Checkpoints(other, () -> {}, _ -> false)) {
            save(beside, state(10, beside.keepBest(10, weights(1))), weights(2));

            String best = atOnce.keepBest(10, weights(1));
            assertThat(other.resolve(best)).exists();
            atOnce.save(state(10, best), weights(2));

            for (String file : List.of(best, "checkpoint.safetensors"))
                assertThat(other.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
    }

    /// The training of a later update had no room for a copy and wrote its best parameters itself.
    @Test
    void better_parameters_that_come_while_a_checkpoint_is_written_survive_it() {
        AtomicBoolean room = new AtomicBoolean(true);
        try (Checkpoints checkpoints = new Checkpoints(folder, () -> {}, _ -> room.get())) {
            checkpoints.save(state(10, checkpoints.keepBest(10, many(1))), many(1));
            room.set(false);

            String better = checkpoints.keepBest(20, many(2));

            checkpoints.await();
            assertThat(files()).contains(better);
        }
    }

    @Test
    void a_checkpoint_that_cannot_be_written_leaves_the_one_before_and_says_so_on_the_trainings_thread()
            throws IOException {
        try (Checkpoints checkpoints = new Checkpoints(folder)) {
            String first = checkpoints.keepBest(10, weights(1));
            save(checkpoints, state(10, first), weights(1));
            Files.createDirectory(folder.resolve("checkpoint.safetensors.part"));
            checkpoints.save(state(20, checkpoints.keepBest(20, weights(2))), weights(2));

            assertThatThrownBy(checkpoints::await)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("checkpoint.safetensors.part");
        }
        try (Checkpoints after = new Checkpoints(folder)) {
            CheckpointState found = after.restore(weights(0)).orElseThrow();
            assertThat(found.update()).isEqualTo(10);
            assertThat(best(after, "best-10.safetensors")).containsOnly(1);
        }
    }

    @Test
    void whoever_waits_for_checkpoints_is_told_when_one_is_whole() {
        List<List<String>> seen = new ArrayList<>();
        try (Checkpoints checkpoints = new Checkpoints(folder, () -> seen.add(files()))) {
            save(checkpoints, CheckpointState.fresh(), weights(1));
        }

        assertThat(seen).containsExactly(List.of("checkpoint.safetensors"));
    }

    @Test
    void half_a_file_that_a_killed_process_left_is_removed() throws IOException {
        Files.writeString(folder.resolve("checkpoint.safetensors.part"), "half");

        new Checkpoints(folder).close();

        assertThat(files()).isEmpty();
    }

    @Test
    void a_cleared_folder_is_gone_with_all_that_was_in_it() {
        Path own = folder.resolve("checkpoint");
        try (Checkpoints checkpoints = new Checkpoints(own)) {
            save(checkpoints, state(10, checkpoints.keepBest(10, weights(1))), weights(1));

            checkpoints.clear();

            assertThat(own).doesNotExist();
        }
    }

    private static void save(Checkpoints checkpoints, CheckpointState state, Map<String, Tensor> tensors) {
        checkpoints.save(state, tensors);
        checkpoints.await();
    }

    private static float[] best(Checkpoints checkpoints, String name) {
        Map<String, Tensor> best = weights(0);
        checkpoints.restoreBest(name, best);
        return best.get("w").toFloats();
    }

    /// So many that writing them takes longer than what comes next.
    private static Map<String, Tensor> many(double value) {
        return Map.of("w", Tensor.full(value, 2 << 20));
    }

    private static CheckpointState state(long update, String best) {
        return new CheckpointState(update, 0.5, 1, new Best(update, 0.9, best), null, 0);
    }

    private static Map<String, Tensor> weights(double value) {
        return Map.of("w", Tensor.full(value, 2));
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
