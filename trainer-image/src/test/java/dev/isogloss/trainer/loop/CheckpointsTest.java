package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.loop.CheckpointState.Best;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void the_best_parameters_stay_until_a_checkpoint_speaks_of_better_ones() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        String first = checkpoints.saveBest(10, weights(1));
        checkpoints.save(state(10, first), weights(1));
        String second = checkpoints.saveBest(20, weights(2));
        assertThat(files()).containsExactly(first, second, "checkpoint.safetensors");

        checkpoints.save(state(20, second), weights(3));

        assertThat(files()).containsExactly(second, "checkpoint.safetensors");
        Map<String, Tensor> best = weights(0);
        checkpoints.restoreBest(second, best);
        assertThat(best.get("w").toFloats()).containsOnly(2);
        Map<String, Tensor> last = weights(0);
        assertThat(checkpoints.restore(last)).contains(state(20, second));
        assertThat(last.get("w").toFloats()).containsOnly(3);
    }

    @Test
    void whoever_waits_for_checkpoints_is_told_when_one_is_whole() {
        List<List<String>> seen = new ArrayList<>();
        Checkpoints checkpoints = new Checkpoints(folder, () -> seen.add(files()));

        checkpoints.save(CheckpointState.fresh(), weights(1));

        assertThat(seen).containsExactly(List.of("checkpoint.safetensors"));
    }

    @Test
    void a_cleared_folder_is_gone_with_all_that_was_in_it() {
        Path own = folder.resolve("checkpoint");
        Checkpoints checkpoints = new Checkpoints(own);
        checkpoints.saveBest(10, weights(1));
        checkpoints.save(CheckpointState.fresh(), weights(1));

        checkpoints.clear();

        assertThat(own).doesNotExist();
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
