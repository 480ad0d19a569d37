package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `isogloss store`.
class StoreCommandTest {
    @TempDir
    Path folder;

    private CommandLineRig rig;

    @BeforeEach
    void aManifestInAFolder() throws IOException {
        rig = new CommandLineRig(folder);
    }

    @Test
    void the_store_can_be_listed_checked_and_cleared() {
        rig.run("run", "m.yaml", rig.claim());
        String store = "--store=" + folder.resolve(".isogloss");

        assertThat(rig.run("store", "ls", store).out())
                .contains("de test Accuracy 0.6000, en test Accuracy 0.9000, fr test Accuracy 0.6000")
                .contains("4 steps, ");
        assertThat(rig.run("store", "verify", store))
                .isEqualTo(new Output(0, "4 finished steps, all as they were left.\n", ""));
        assertThat(rig.run("store", "gc", store).out()).isEqualTo("Nothing to remove.\n");
        assertThat(rig.run("store", "gc", store, "--keep", "m.yaml").out()).isEqualTo("Nothing to remove.\n");
    }

    @Test
    void days_are_not_counted_below_zero() {
        Output output = rig.run("store", "gc", "--store=" + folder.resolve("nowhere"), "--older-than=-1");

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("--older-than is -1; it must be at least 0.");
    }

    @Test
    void a_store_that_is_not_there_is_told_from_one_that_holds_nothing() {
        assertThat(rig.run("results", "m.yaml", "--store=" + folder.resolve("nosuch"))
                        .err())
                .isEqualTo(
                        "There is no store FOLDER/nosuch yet.\npackages: 4 of 4 steps have no result yet; isogloss run"
                                + " makes them.\n");
        assertThat(rig.run("store", "ls", "--store=" + folder.resolve("nosuch")).err())
                .isEqualTo("There is no store FOLDER/nosuch yet.\n");
    }

    @Test
    void what_a_run_again_left_that_did_not_end_is_listed_and_cleared() throws IOException {
        rig.run("run", "m.yaml", rig.claim());
        rig.with((step, context) -> {
            throw new InvalidInput("packages/en/train.jsonl is empty.");
        });
        assertThat(rig.run("run", "m.yaml", "--again=fineTune en seed 1", rig.claim())
                        .code())
                .isEqualTo(2);
        String store = "--store=" + folder.resolve(".isogloss");

        assertThat(rig.run("store", "ls", store).out())
                .containsPattern("[0-9a-f]{12}  Train +[0-9.]+ k?B  .*  unfinished repeat\n")
                .contains("4 steps and 1 unfinished repeat, ");
        assertThat(rig.run("store", "gc", store).out()).isEqualTo("Nothing to remove.\n");
        rig.at(Instant.now().plus(Duration.ofDays(2)));
        assertThat(rig.run("store", "gc", store, "--older-than=1").out())
                .contains("unfinished repeat, untouched for ")
                .contains("0 steps and 1 unfinished repeat, ", "can go. Add --yes");
        assertThat(rig.run("store", "gc", store, "--older-than=1", "--yes").out())
                .contains(", removed\n0 steps and 1 unfinished repeat, ");
        assertThat(rig.run("store", "ls", store).out()).contains("\n4 steps, ");
        assertThat(rig.run("store", "verify", store).code()).isZero();
    }
}
