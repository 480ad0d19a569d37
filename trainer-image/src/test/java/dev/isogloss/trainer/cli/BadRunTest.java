package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isogloss.trainer.cli.CommandLineRig.Output;
import dev.isogloss.trainer.encoder.Safetensors;
import dev.isogloss.trainer.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same for what goes wrong while a run is on: a training that diverges, a store that cannot be written to.
class BadRunTest {
    private static final String DIVERGING =
            "learningRate: 10, optimiser: {weightDecay: 10, warmupFraction: 0, schedule: Constant}, epochs: 200, "
                    + "selection: {keep: Last}";

    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void soundToBeginWith() throws IOException {
        experiment = new SmallExperiment(folder);
    }

    @Test
    void a_loss_that_is_no_number_any_more_stops_the_training_and_a_sound_checkpoint_is_kept() throws IOException {
        experiment.with("epochs: 2, batchSize: 4, learningRate: 1e-3", "batchSize: 4, " + DIVERGING);

        String output = experiment.refused(
                "--checkpoint-updates=2", "diverged", "lower learningRate", "of 200", "update 4, is sound and kept");

        Path checkpoint = files("checkpoint.safetensors").getFirst();
        try (Scope scope = Scope.open()) {
            assertThat(Safetensors.read(checkpoint)).isNotEmpty(); // it refuses weights that are no numbers
        }
        assertThat(experiment.refused("--checkpoint-updates=2")).isEqualTo(output);
    }

    @Test
    void a_training_whose_only_update_changes_nothing_gets_a_note() throws IOException {
        assertThat(experiment.runs()).doesNotContain("warm-up");
        experiment.with("epochs: 2,", "epochs: 1,");
        assertThat(experiment.runs()).contains("has the learning rate 0", "the warm-up", "{warmupFraction: 0}");
        experiment.with("epochs: 1,", "epochs: 1, optimiser: {warmupFraction: 0},");
        assertThat(experiment.runs()).doesNotContain("warm-up");
    }

    @Test
    void a_store_below_a_file_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        experiment.refused("--store=" + file.resolve("store"), "FOLDER/file/store", "--store DIR");
    }

    /// Only where this process may mount a file system: elsewhere there is no small disk to fill. It fills up with a
    /// checkpoint, or with the model.
    @ParameterizedTest
    @ValueSource(strings = {"--checkpoint-updates=1", "--checkpoint-updates=0"})
    void a_full_disk_leaves_nothing_half_written_and_the_run_goes_on_once_there_is_room(String checkpoints)
            throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(mount(disk, "64k"), "no file system can be mounted here");
        try {
            Output output = experiment.run("--store=" + disk.resolve("store"), checkpoints);

            assertThat(output.code()).isEqualTo(1);
            assertThat(output.err()).contains("is full", "Free some space").doesNotContain("\tat ");
            assertThat(SmallExperiment.halfWritten(disk)).isEmpty();
            assertThat(mount(disk, "remount,4m")).isTrue();
            assertThat(experiment.run("--store=" + disk.resolve("store")).code())
                    .isEqualTo(0);
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    private static boolean mount(Path folder, String size) throws InterruptedException {
        String options = size.startsWith("remount") ? "remount,size=" + size.substring(8) : "size=" + size;
        try {
            return new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noMount) {
            return false;
        }
    }

    @Test
    void two_runs_on_one_store_share_the_work() throws Exception {
        SmallExperiment other = new SmallExperiment(folder);
        var first = CompletableFuture.supplyAsync(() -> experiment.run());
        Output second = other.run();

        assertThat(second.code()).as(second.err()).isEqualTo(0);
        assertThat(first.get().code()).as(first.get().err()).isEqualTo(0);
        assertThat(first.get().out()).isEqualTo(second.out());
        assertThat(files("result.json")).hasSize(2);
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.walk(experiment.store())) {
            return files.filter(file -> file.endsWith(name)).toList();
        }
    }
}
