package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `run --dry-run`.
class DryRunTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final String TWELVE_LAYERS = """
            {"model_type": "bert", "vocab_size": 100, "hidden_size": 12, "num_hidden_layers": 12,
             "num_attention_heads": 1, "intermediate_size": 8, "max_position_embeddings": 512, "pad_token_id": 1}
            """;

    @TempDir
    Path folder;

    private CommandLineRig rig;

    @BeforeEach
    void aManifestInAFolder() throws IOException {
        rig = new CommandLineRig(folder);
    }

    @Test
    void what_a_run_would_read_is_checked_and_nothing_is_run() {
        Output output = rig.run("run", "m.yaml", rig.claim(), "--dry-run");

        assertThat(output.code()).isEqualTo(0);
        assertThat(output.err()).isEmpty();
        assertThat(output.out())
                .isEqualTo(
                        "packages: 4 of 4 steps are to run; their data and encoders are sound, and what else they read is "
                                + "there.\n");
        assertThat(folder.resolve(".isogloss/steps")).doesNotExist();
    }

    @Test
    void of_what_is_in_the_store_nothing_is_read() throws IOException {
        rig.run("run", "m.yaml", rig.claim(), "--quiet");
        Files.delete(folder.resolve("data/packages/fr/test.jsonl"));

        assertThat(rig.run("run", "m.yaml", rig.claim(), "--dry-run").out())
                .isEqualTo("packages: all 4 steps are in the store.\n");
        assertThat(rig.run("run", "m.yaml", rig.claim(), "--dry-run", "--again", "fineTune")
                        .err())
                .contains("There is no file FOLDER/data/packages/fr/test.jsonl");
    }

    /// Else all that does not read it would be computed for a step that must fail.
    @Test
    void data_that_changed_under_its_name_is_refused_before_anything_runs() throws IOException {
        SmallExperiment small = new SmallExperiment(folder.resolve("small"));
        assertThat(small.run("--quiet").code()).isZero();
        small.write("data/de/test.jsonl", SmallExperiment.line("sauer", "bad"));
        small.manifest(Files.readString(folder.resolve("small/m.yaml")).replace("seeds: [1]", "seeds: [1, 2]"));

        for (String dry : List.of("--dry-run", "--quiet")) {
            Output output = small.run(dry);

            assertThat(output.code()).isEqualTo(2);
            assertThat(output.err()).contains("de/test.jsonl of the dataset fruit, version 1, has changed");
        }
        assertThat(small.command("plan", "m.yaml").out()).contains("fineTune en seed 2  · to run");
    }

    @Test
    void a_split_that_asks_for_more_than_there_is_costs_2() throws IOException {
        Path manifest = rig.manifest();
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("  encoder:", "    splits: {train: {file: train, last: 3000}}\n  encoder:"));

        Output output = rig.run("run", "m.yaml", rig.claim(), "--dry-run");

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("asks for examples 1 to 3000", "en/train.jsonl has 1");
        assertThat(output.out()).isEmpty();
    }

    @Test
    void as_json_it_is_one_event() {
        assertThat(rig.run("run", "m.yaml", rig.claim(), "--dry-run", "--json").out())
                .isEqualTo("{\"event\":\"Checked\",\"time\":\"2026-01-31T10:00:00Z\",\"name\":\"packages\",\"steps\":4,"
                        + "\"missing\":4}\n");
    }

    static List<Path> onRealData() throws IOException {
        try (Stream<Path> all = Files.walk(EXAMPLES)) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> file.getParent().endsWith("real")
                            || file.getParent().endsWith("reduced"))
                    .sorted()
                    .toList();
        }
    }

    /// The encoders of the hub are small ones of the same names.
    @ParameterizedTest
    @MethodSource("onRealData")
    void every_example_finds_what_it_asks_for_in_the_real_data(Path example) throws IOException {
        String data = System.getenv("ISOGLOSS_DATA");
        assumeTrue(data != null, "ISOGLOSS_DATA names no folder with real data");
        for (String encoder : List.of("intfloat/multilingual-e5-small", "FacebookAI/xlm-roberta-base"))
            rig.inHub(encoder, TWELVE_LAYERS);

        Output output =
                rig.run("run", example.toString(), "--dry-run", "--claim=datasets=" + Objects.requireNonNull(data));

        assumeTrue(!output.err().contains(data + "/xnli-1.0/"), "XNLI as published, with MultiNLI, is not there");
        assertThat(output.err()).isEmpty();
        assertThat(output.code()).isEqualTo(0);
    }
}
