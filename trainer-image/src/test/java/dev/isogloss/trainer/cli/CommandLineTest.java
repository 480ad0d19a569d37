package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import dev.isogloss.trainer.loop.Stopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

class CommandLineTest {
    @TempDir
    Path folder;

    private CommandLineRig rig;

    @BeforeEach
    void aManifestInAFolder() throws IOException {
        rig = new CommandLineRig(folder);
    }

    @Test
    void a_run_ends_in_a_table() {
        Output output = rig.run("run", "m.yaml", rig.claim());

        assertThat(output.err()).isEqualTo("""
                        packages: 4 steps, 0 of them in the store FOLDER/.isogloss
                        [0/4] fineTune en seed 1: started
                        [1/4] fineTune en seed 1: done in 0:00
                        [1/4] fineTune en seed 2: started
                        [2/4] fineTune en seed 2: done in 0:00
                        [2/4] evaluate fineTune seed 1: started
                        [3/4] evaluate fineTune seed 1: done in 0:00
                        [3/4] evaluate fineTune seed 2: started
                        [4/4] evaluate fineTune seed 2: done in 0:00
                        """);
        assertThat(output.out()).isEqualTo("""

                        stage     split  metric    language   mean  ± std  ± 95 %  n
                        ────────  ─────  ────────  ────────  ─────  ─────  ──────  ─
                        fineTune  test   Accuracy  en        91.00   1.41   12.71  2
                        fineTune  test   Accuracy  de        61.00   1.41   12.71  2
                        fineTune  test   Accuracy  fr        61.00   1.41   12.71  2
                        fineTune  test   Accuracy  average   61.00   1.41   12.71  2
                        """);
        assertThat(output.code()).isZero();
    }

    @Test
    void the_second_run_reuses_everything_and_does_not_make_a_runner() {
        rig.run("run", "m.yaml", rig.claim());

        Output again = rig.with((step, context) -> {
                    throw new AssertionError("nothing is left to run");
                })
                .run("run", "m.yaml", rig.claim());

        assertThat(again.code()).isZero();
        assertThat(again.err()).isEqualTo("packages: 4 steps, 4 of them in the store FOLDER/.isogloss\n");
        assertThat(again.out()).contains("fineTune  test   Accuracy  average   61.00");
    }

    @Test
    void what_fails_is_said_once_with_the_code_of_its_kind() {
        Output output = rig.with((step, context) -> {
                    if (step.title().contains("evaluate")) return CommandLineRig.scores(step, context);
                    throw new InvalidInput("packages/en/train.jsonl:7 is no JSON.");
                })
                .run("run", "m.yaml", rig.claim(), "--quiet");

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.out()).isEmpty();
        assertThat(output.err()).isEqualTo("""
                        isogloss: failed: fineTune en seed 1; fineTune en seed 2. packages/en/train.jsonl:7 is no JSON.
                        isogloss: not run, because a step that they read failed: evaluate fineTune seed 1; evaluate fineTune seed 2.
                        """);
    }

    @Test
    void a_stack_trace_is_shown_only_to_those_who_ask() {
        rig.with((step, context) -> {
            throw new IllegalStateException("a surprise");
        });

        assertThat(rig.run("run", "m.yaml", rig.claim(), "-q").err()).doesNotContain("\tat ");
        Output verbose = rig.run("run", "m.yaml", rig.claim(), "-q", "--verbose");
        assertThat(verbose.code()).isEqualTo(1);
        assertThat(verbose.err()).contains("a surprise (IllegalStateException)").contains("\tat ");
    }

    @Test
    void a_stopped_run_ends_with_143() {
        Output output = rig.with((step, context) -> {
                    assertThat(context.stop().requested()).isFalse();
                    Signal.raise(new Signal("TERM"));
                    while (!context.stop().requested()) Thread.onSpinWait();
                    throw new Stopped("at update 120 of 600");
                })
                .run("run", "m.yaml", rig.claim());

        assertThat(output.code()).isEqualTo(143);
        assertThat(output.err())
                .contains("[0/4] fineTune en seed 1: stopped at update 120 of 600\n")
                .endsWith("isogloss: stopped as asked, 4 of 4 steps to go; the same command goes on from there.\n");
    }

    @Test
    void json_is_one_event_a_line_and_ends_with_the_rows() {
        Output output = rig.run("run", "m.yaml", rig.claim(), "--json");

        assertThat(output.err()).isEmpty();
        assertThat(output.out().lines())
                .hasSize(11)
                .allSatisfy(line -> assertThat(line).startsWith("{\"event\":\"").endsWith("}"))
                .last()
                .asString()
                .startsWith(
                        "{\"event\":\"Results\",\"time\":\"2026-01-31T10:00:00Z\",\"name\":\"packages\",\"rows\":[{");
    }

    @Test
    void the_claim_of_a_dictionary_needs_a_folder_like_the_others() throws IOException {
        Files.writeString(
                rig.manifest(),
                Files.readString(rig.manifest())
                        + "  dictionary: {name: synonyms, location: {claim: words, path: synonyms.json}}\n");

        assertThat(rig.run("run", "m.yaml", rig.claim()).err())
                .contains("words has none")
                .endsWith("Add --claim words=FOLDER.\n");
    }

    @Test
    void a_claim_without_a_folder_is_named() {
        Output output = rig.run("run", "m.yaml", "--claim=dataset=" + folder);

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err())
                .isEqualTo("isogloss: The manifest reads from volume claims, and outside a cluster each needs a folder:"
                        + " datasets has none (needed: datasets; mapped: dataset). Nothing in the manifest is called"
                        + " dataset. Add --claim datasets=FOLDER.\n");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        assertThat(rig.run("run", "m.yaml", "--claim=datasets=" + folder.resolve("none"))
                        .err())
                .isEqualTo(
                        "isogloss: --claim datasets=FOLDER/none: there is no such folder (looked at FOLDER/none).\n");
    }

    @Test
    void the_plan_is_a_tree_that_shows_what_is_done() {
        rig.with((step, context) -> {
                    if (Long.valueOf(2).equals(step.seed())) throw new InvalidInput("not today");
                    return CommandLineRig.scores(step, context);
                })
                .run("run", "m.yaml", rig.claim());

        assertThat(rig.run("plan", "m.yaml").out().replaceAll("[0-9a-f]{12}", "KEY"))
                .isEqualTo("""
                        packages: 4 steps, 2 of them in the store FOLDER/.isogloss
                        ├─ fineTune en seed 1  ✓ done  KEY
                        │  └─ evaluate fineTune seed 1  ✓ done  KEY
                        └─ fineTune en seed 2  · to run  KEY
                           └─ evaluate fineTune seed 2  · to run  KEY
                        """);
        assertThat(rig.run("status", "m.yaml").out().replaceAll("[0-9a-f]{12}", "KEY"))
                .isEqualTo("""
                        packages: 2 of 4 steps done
                          KEY  fineTune en seed 2  begun and not finished
                          KEY  evaluate fineTune seed 2  not begun
                        """);
        assertThat(rig.run("results", "m.yaml", "--format", "csv").out())
                .startsWith("stage,language,split,metric,mean,std,ci95,n\nfineTune,en,test,Accuracy,0.9,,,1\n");
    }

    @Test
    void the_plan_says_why_a_step_is_to_run_once_its_manifest_was_edited() throws IOException {
        rig.run("run", "m.yaml", rig.claim());
        Files.writeString(rig.manifest(), Files.readString(rig.manifest()).replace("1e-5", "2e-5"));

        assertThat(rig.run("plan", "m.yaml", "--why").out().replaceAll("[0-9a-f]{12}", "KEY"))
                .isEqualTo("""
                        packages: 4 steps, 0 of them in the store FOLDER/.isogloss
                        ├─ fineTune en seed 1  · to run  KEY  (1)
                        │  └─ evaluate fineTune seed 1  · to run  KEY  follows from fineTune en seed 1
                        └─ fineTune en seed 2  · to run  KEY  (1)
                           └─ evaluate fineTune seed 2  · to run  KEY  follows from fineTune en seed 2

                        Why, beside the 4 finished steps of the store (its value → the plan's):
                        (1) settings.learningRate: 0.00001 → 0.00002
                              fineTune en seed 1  KEY, nearest: KEY
                              fineTune en seed 2  KEY, nearest: KEY
                              2 steps follow
                        """);
        JsonNode json = new ObjectMapper()
                .readTree(rig.run("plan", "m.yaml", "--why", "--json").out());
        assertThat(json.at("/lookedAt/read").asInt()).isEqualTo(4);
        assertThat(json.at("/steps/0/why/reason").asText()).isEqualTo("Changed");
        assertThat(json.at("/steps/0/why/changes/0/field").asText()).isEqualTo("settings.learningRate");
        assertThat(json.at("/steps/0/why/changes/0/stored").asDouble()).isEqualTo(1e-5);
        assertThat(json.at("/steps/1/why/reason").asText()).isEqualTo("Follows");
        assertThat(json.at("/steps/1/why/follows/0")).isEqualTo(json.at("/steps/0/key"));
        assertThat(rig.run("plan", "m.yaml", "--json").out()).doesNotContain("\"why\"", "lookedAt");
    }

    @Test
    void what_is_to_be_computed_again_is_named_by_stage_title_or_key_and_compared() {
        rig.run("run", "m.yaml", rig.claim());

        Output all = rig.run("run", "m.yaml", "--again=fineTune", rig.claim());
        assertThat(all.code()).isZero();
        assertThat(all.err())
                .contains("[1/4] fineTune en seed 1: the same to the last bit as what the store held\n")
                .contains("Note: computed again: 4 steps, the same to the last bit as what the store held.\n");
        Output one = rig.run("run", "m.yaml", "--again", "evaluate fineTune seed 2", "--json", rig.claim());
        assertThat(one.out())
                .containsOnlyOnce("\"event\":\"StepRecomputed\"")
                .contains("\"same\":true,\"differences\":[]");
        String key = rig.run("plan", "m.yaml").out().replaceAll("(?s).*fineTune en seed 2  ✓ done  (\\w{12}).*", "$1");
        assertThat(rig.run("run", "m.yaml", "--again", key, rig.claim()).err())
                .contains("evaluate fineTune seed 2: reused, for what it reads is the same as before\n")
                .contains("Note: computed again: 1 step, ");
    }

    @Test
    void scores_that_are_not_the_same_are_told_and_take_the_place_of_the_former() {
        rig.run("run", "m.yaml", rig.claim());
        rig.with((step, context) -> {
            StepResult result = CommandLineRig.scores(step, context);
            List<Score> scores = result.scores().stream()
                    .map(score -> new Score(score.language(), score.split(), score.metric(), 0.25, score.examples()))
                    .toList();
            return new StepResult(result.key(), result.kind(), scores, result.facts(), result.provenance());
        });

        Output output = rig.run("run", "m.yaml", "--again", "evaluate fineTune seed 2", "--quiet", rig.claim());

        assertThat(output.err())
                .isEqualTo("Note: computed again: 1 step. Not the same as what the store held, and in its place now:"
                        + " evaluate fineTune seed 2. Scores have changed of evaluate fineTune seed 2.\n");
        assertThat(rig.run("results", "m.yaml", "--format", "csv").out()).contains("fineTune,en,test,Accuracy,0.575,");
    }

    @Test
    void a_name_of_nothing_is_told_what_there_is() {
        Output output = rig.run("run", "m.yaml", "--again=finetune", rig.claim());

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err())
                .isEqualTo(
                        "isogloss: --again \"finetune\" names nothing of packages; did you mean \"fineTune\"? Stages:"
                                + " fineTune. Or write the title of a step, or the first digits of its key, as isogloss plan"
                                + " prints them.\n");
        assertThat(folder.resolve(".isogloss")).doesNotExist();
    }

    @Test
    void validate_names_every_problem_and_says_what_is_valid() throws IOException {
        Path broken = folder.resolve("broken.yaml");
        Files.writeString(broken, Files.readString(rig.manifest()).replace("epochs: 4", "epochs: 0, epoch: 1"));

        Output output = rig.run("validate", "m.yaml", broken.toString());

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.out())
                .startsWith("FOLDER/m.yaml: TransferExperiment packages is valid: 4 steps\n")
                .contains("FOLDER/broken.yaml:16:29:")
                .contains("spec.stages[0].fineTune.epoch");
    }

    /// What cannot be planned is in one of several files, in one of several systems.
    @Test
    void validate_names_the_place_of_what_cannot_be_planned_and_goes_on() throws IOException {
        String wrong = AgainStepsTest.TABLE
                .replace("{name: plain, ", "{name: plain, stage: nope, ")
                .replace("{name: weighed, ", "{name: weighed, stage: neither, ");
        Files.writeString(
                folder.resolve("one.yaml"),
                wrong + "---\n" + AgainStepsTest.TABLE.replace("name: table", "name: other"));

        Output output = rig.run("validate", folder.resolve("one.yaml").toString(), "m.yaml");

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.out()).isEqualTo("""
                        FOLDER/one.yaml:13:7: spec.systems[name=plain]: stage is nope, which is not measured; write one of fineTune.
                        FOLDER/one.yaml:14:7: spec.systems[name=weighed]: stage is neither, which is not measured; write one of fineTune, iwda.
                        FOLDER/one.yaml: TransferBenchmark other is valid: 2 systems, 5 steps
                        FOLDER/m.yaml: TransferExperiment packages is valid: 4 steps
                        """);
    }

    @Test
    void a_split_that_is_nowhere_is_told_before_anything_runs() throws IOException {
        Files.delete(folder.resolve("data/packages/fr/test.jsonl"));

        Output output = rig.run("run", "m.yaml", rig.claim());

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err())
                .contains("There is no file FOLDER/data/packages/fr/test.jsonl")
                .contains("holds dev.jsonl, train.jsonl")
                .doesNotContain("started");
    }

    @Test
    void an_encoder_that_is_nowhere_is_told_before_anything_runs() throws IOException {
        Path manifest = folder.resolve("m.yaml");
        String encoder = "encoder: {name: tinny, location: {claim: datasets, path: encoders/tinny}}";
        Files.writeString(manifest, Files.readString(manifest).replaceAll("encoder: .*", encoder));

        Output output = rig.run("run", "m.yaml", rig.claim());

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err())
                .contains("There is no folder FOLDER/data/encoders/tinny")
                .doesNotContain("started");
    }

    @Test
    void a_mistyped_command_gets_a_suggestion() {
        Output output = rig.run("rum", "m.yaml");

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("Did you mean: isogloss run");
    }

    @Test
    void suspension_is_for_clusters_and_a_laptop_says_so() throws IOException {
        Files.writeString(
                rig.manifest(),
                Files.readString(rig.manifest()).replace("  source: en", "  suspend: true\n  source: en"));

        Output output = rig.run("run", "m.yaml", rig.claim());

        assertThat(output.code()).isZero();
        assertThat(output.err()).contains("Note: spec.suspend holds steps back in a cluster alone; here they run.\n");
    }

    @Test
    void help_has_examples() {
        assertThat(rig.run("help", "run").out()).contains("isogloss run examples/quickstart.yaml");
        assertThat(rig.run("run", "--help").out())
                .isEqualTo(rig.run("help", "run").out());
        assertThat(rig.run("completion").out()).contains("complete -F _complete_isogloss");
        assertThat(rig.run("version").out()).startsWith("isogloss ");
        assertThat(rig.run("--version").out())
                .isEqualTo(rig.run("-V").out())
                .isEqualTo(rig.run("version").out());
    }
}
