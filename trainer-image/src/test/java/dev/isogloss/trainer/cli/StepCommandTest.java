package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.ExitCode;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepCommandTest {
    @TempDir
    Path folder;

    private CommandLineRig rig;
    private JsonNode first;
    private String store;

    @BeforeEach
    void theFirstStepOfAPlan() throws IOException {
        rig = new CommandLineRig(folder);
        first = StoreJson.MAPPER
                .readTree(rig.run("plan", "m.yaml", "--json").out())
                .path("steps")
                .get(0);
        store = "--store=" + folder.resolve("store");
        Files.writeString(rig.terminationLog(), "");
    }

    private Output step() {
        return rig.typing(first.path("spec").toString()).run("step", "--spec", "-", store);
    }

    @Test
    void a_step_runs_from_its_json_under_the_key_that_the_plan_gave_it() throws IOException {
        Output output = step();

        StepKey key = new StepKey(first.path("key").asText());
        assertThat(output.code()).isZero();
        assertThat(Store.open(folder.resolve("store")).isDone(key)).isTrue();
        assertThat(rig.terminationLog()).hasContent("""
                        {"key":"%s","kind":"Train","reused":false,"scores":[],"facts":{"seconds":1.5}}""".formatted(key));
    }

    @Test
    void a_step_that_is_done_says_that_nothing_was_computed() {
        step();

        assertThat(step().out()).endsWith("Its result was in the store already; nothing was computed.\n");
    }

    @Test
    void a_step_that_comes_before_what_it_reads_says_which_is_missing() throws IOException {
        SmallExperiment small = new SmallExperiment(folder.resolve("small"));
        JsonNode steps = StoreJson.MAPPER
                .readTree(small.command("plan", "m.yaml", "--json").out())
                .path("steps");
        Path spec = folder.resolve("spec.json");
        Path locations = folder.resolve("locations.json");
        Files.writeString(spec, steps.get(1).path("spec").toString());
        Files.writeString(locations, """
                {"inputs": {"data": {"claim": "datasets", "path": "{language}/{split}.jsonl"}}}
                """);

        Output output = small.command(
                "step",
                "--spec",
                spec.toString(),
                "--locations",
                locations.toString(),
                store,
                "--claim=datasets=" + folder.resolve("small/data"));

        assertThat(output.code()).isEqualTo(1);
        assertThat(output.err())
                .contains("The step %s, which this one reads, is not done in the store"
                        .formatted(steps.get(0).path("key").asText().substring(0, 12)));
    }

    @Test
    void a_pod_reads_nothing_outside_its_claims_and_a_run_on_a_laptop_may() {
        List<Boolean> confined = new ArrayList<>();
        rig.with((step, context) -> {
            confined.add(context.claims().confined());
            throw new InvalidInput("enough");
        });

        step();
        rig.run("run", "m.yaml", rig.claim(), "--quiet");

        assertThat(confined).startsWith(true, false);
    }

    @Test
    void a_step_that_is_done_ends_at_once() {
        step();

        assertThat(step().code()).isZero();
        assertThat(rig.terminationLog()).content().contains("\"reused\":true");
    }

    @Test
    void a_failure_is_the_last_word() {
        rig.with((step, context) -> {
            throw new InvalidInput("packages/en/train.jsonl:7 is no JSON.");
        });

        assertThat(step().code()).isEqualTo(2);
        assertThat(rig.terminationLog()).hasContent("{\"error\":\"packages/en/train.jsonl:7 is no JSON.\"}");
    }

    @Test
    void a_stopped_step_ends_with_143() {
        rig.with((step, context) -> {
            throw new Stopped("at update 120 of 600");
        });

        assertThat(step().code()).isEqualTo(143);
    }

    @Test
    void a_step_that_another_process_runs_ends_with_a_code_that_costs_no_retry() throws Exception {
        Store other = Store.open(folder.resolve("store"));
        try (var lock =
                other.locks().tryLock(new StepKey(first.path("key").asText())).orElseThrow()) {
            assertThat(step().code()).isEqualTo(75);
        }
        assertThat(rig.terminationLog()).content().contains("is running this step");
        assertThat(ExitCode.codes(ExitCode.Retry.Uncounted)).contains(75);
    }

    @Test
    void a_spec_of_another_version_is_refused() {
        String changed = first.path("spec").toString().replaceFirst("\\{", "{\"novelty\":1,");

        Output output = rig.typing(changed).run("step", "--spec", "-", store);

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("holds fields that this version (development) does not know");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"kind\":\"Dream\"}", "{}"})
    void what_is_no_spec_is_refused_with_a_sentence(String text) {
        Output output = rig.typing(text).run("step", "--spec", "-", store);

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).startsWith("isogloss: ").doesNotContain("\tat ");
    }
}
