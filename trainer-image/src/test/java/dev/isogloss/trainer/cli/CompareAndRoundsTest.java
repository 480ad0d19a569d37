package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `compare` and `rounds` after real runs on the command line.
class CompareAndRoundsTest {
    private static final String RUN = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: pair}
            spec:
              task: {type: SequenceClassification}
              data:
                name: fruit
                location: {claim: datasets, path: "{language}/{split}.jsonl"}
              models:
                - name: lm
                  encoder: {name: tiny, location: {claim: encoders, path: tiny}, maxLength: 16}
                  fineTune: &training {epochs: 2, batchSize: 4, learningRate: 1e-3}
                - name: emb
                  encoder: {name: tiny, location: {claim: encoders, path: tiny}, maxLength: 12}
                  fineTune: *training
              source: en
              targets: [de]
              seeds: [1]
              strategy: {coTraining: {rounds: 2, confidence: 0.4, sampleFraction: 0.5}}
            """;

    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void aSmallExperiment() throws IOException {
        experiment = new SmallExperiment(folder);
    }

    @Test
    void a_system_is_as_good_as_itself() {
        experiment.runs();

        Output output = experiment.command("compare", "m.yaml", "m.yaml", "--resamples=50");

        assertThat(output.code()).as(output.err()).isZero();
        assertThat(output.out()).startsWith("""
                        A: small fineTune
                        B: small fineTune
                        Accuracy on test, seeds 1

                        language  examples""");
        assertThat(output.out())
                .contains("de", "en", "average", "+0.00  [+0.00, +0.00]  1.0000  1.0000  1.0000  +0.000");
        assertThat(experiment.command("compare", "m.yaml", "m.yaml", "--json").out())
                .contains("\"pHolm\" : 1.0", "\"language\" : \"average\"");
    }

    @Test
    void of_a_file_with_several_manifests_one_is_named() throws IOException {
        experiment.runs();
        String one = Files.readString(folder.resolve("m.yaml"));
        String both = folder.resolve("both.yaml").toString();
        Files.writeString(Path.of(both), one + "\n---\n" + one.replace("name: small", "name: other"));

        assertThat(experiment.command("compare", both, "m.yaml").err())
                .contains("both.yaml holds small, other. Say which one is meant:")
                .contains("both.yaml#small");
        assertThat(experiment.command("compare", both + "#none", "m.yaml").code())
                .isEqualTo(2);
        assertThat(experiment
                        .command("compare", both + "#other", "m.yaml", "--resamples=50")
                        .out())
                .startsWith("A: other fineTune\nB: small fineTune\n");
    }

    @Test
    void systems_on_other_examples_are_told_where_they_differ() throws IOException {
        experiment.runs();
        Path other = folder.resolve("other.yaml");
        Files.writeString(
                other,
                Files.readString(folder.resolve("m.yaml"))
                        .replace("name: fruit", "name: fruit\\n    version: \"2\"")
                        .replace("\\n", "\n"));
        experiment.write(
                "data/de/test.jsonl",
                SmallExperiment.line("suess test", "good") + SmallExperiment.line("sauer", "good"));
        assertThat(experiment.command("run", other.toString(), "--quiet").code())
                .isZero();

        Output output = experiment.command("compare", "m.yaml", other.toString());

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("were not measured on the same examples: example 2 of language \"de\"");
    }

    @Test
    void what_was_not_measured_is_said() {
        assertThat(experiment.command("compare", "m.yaml", "m.yaml").err()).contains("has no scores in the store");
        experiment.runs();

        assertThat(experiment
                        .command("compare", "m.yaml", "m.yaml", "--stage-a", "iwda")
                        .err())
                .contains("has no measured stage \"iwda\". It has fineTune.");
    }

    @Test
    void a_run_is_run_shown_round_by_round_and_its_models_compared() throws IOException {
        experiment.manifest(RUN);
        experiment.runs();

        Output rounds = experiment.command("rounds", "m.yaml");
        assertThat(rounds.code()).as(rounds.err()).isZero();
        assertThat(rounds.out())
                .startsWith("pair: round 2/2, ")
                .contains("round  model  labelled  confident  selected")
                .containsPattern("1 +lm +2 +")
                .containsPattern("2 +emb +– +– +– +– ");
        assertThat(experiment.command("results", "m.yaml").out())
                .contains("lm round 1", "emb round 1", "lm  ", "emb  ");
        assertThat(experiment.command("plan", "m.yaml").out()).contains("select lm round 1 seed 1", "✓ done");
        assertThat(experiment.command("status", "m.yaml").code()).isZero();
        assertThat(experiment.command("validate", "m.yaml").out()).contains("CoTrainingRun pair is valid: 12 steps");
        Output compared = experiment.command(
                "compare", "m.yaml", "m.yaml", "--stage-a=lm round 1", "--stage-b=lm", "--resamples=50");
        assertThat(compared.code()).as(compared.err()).isZero();
    }

    @Test
    void three_models_are_compared_as_one_with_systems_of_the_same_first_weights() throws IOException {
        String control = Files.readString(folder.resolve("m.yaml")).replace("seeds: [1]", "seeds: [1, 11, 21]");
        experiment.manifest(RUN.replace("- name: emb", "- name: b\n      seed: 10")
                .replace("maxLength: 12", "maxLength: 16")
                .replace("  source: en", """
                                    - {name: c, encoder: {name: tiny, location: {claim: encoders, path: tiny}, maxLength: 16}, \
                                fineTune: *training, seed: 20}
                                  source: en""")
                .replaceAll("strategy: .*", "strategy: {triTraining: {rounds: 1}}"));
        experiment.runs();
        Path other = folder.resolve("control.yaml");
        Files.writeString(other, control);
        assertThat(experiment.command("run", other.toString(), "--quiet").code())
                .isZero();

        Output compared = experiment.command(
                "compare", "m.yaml", other.toString(), "--stage-a=models de warm-up", "--resamples=50");

        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(compared.out())
                .startsWith("A: pair models de warm-up\nB: small fineTune\nAccuracy on test, seeds 1, 11, 21\n");
        assertThat(experiment
                        .command("compare", "m.yaml", "m.yaml", "--stage-a=models de round 1")
                        .err())
                .contains("It has lm de warm-up, ", "models de warm-up, models de.");
    }

    @Test
    void a_run_is_printed_number_by_number_text_by_text_and_word_by_word() throws IOException {
        experiment.manifest(RUN);
        experiment.runs();

        List<String> numbers = csv("--format=csv");
        assertThat(numbers.getFirst()).isEqualTo("run,model,target,seed,round,measure,language,split,value");
        assertThat(numbers)
                .anyMatch(line -> line.startsWith("pair,lm,,1,1,labelled,,,2.0"))
                .anyMatch(line -> line.startsWith("pair,emb,,1,2,Accuracy,de,test,"));

        List<String> texts = csv("--each=text");
        assertThat(texts.getFirst())
                .isEqualTo("run,model,target,seed,round,of,language,split,id,units,loss,confidence,wrong,handedOn");
        List<String> pool =
                texts.stream().filter(line -> line.contains(",pool,")).toList();
        assertThat(pool)
                .hasSize(2 * 2)
                .allMatch(line -> line.startsWith("pair,") && line.contains(",1,pool,de,train,"));
        // half of the two gold labels is one, of which either model was confident
        assertThat(pool.stream().filter(line -> line.endsWith(",1"))).hasSize(2);
        for (String line : texts.subList(1, texts.size())) {
            String[] cells = line.split(",", -1);
            assertThat(Double.parseDouble(cells[10]))
                    .as("one unit: its loss is that of its confidence")
                    .isCloseTo(-Math.log(Double.parseDouble(cells[11])), within(1e-9));
            assertThat(cells[13].isEmpty()).isEqualTo(cells[5].equals("measured"));
        }

        List<String> words = csv("--each=word", "--split=test");
        assertThat(words.getFirst())
                .isEqualTo("run,model,target,seed,round,language,split,id,word,gold,label,logProbability");
        // two models, two rounds, two languages of two texts, two labels
        assertThat(words).hasSize(1 + 2 * 2 * 2 * 2 * 2).noneMatch(line -> line.contains(",dev,"));
    }

    private List<String> csv(String... options) {
        Output output = experiment.command(
                Stream.concat(Stream.of("rounds", "m.yaml"), Stream.of(options)).toArray(String[]::new));
        assertThat(output.code()).as(output.err()).isZero();
        return output.out().lines().toList();
    }

    @Test
    void what_is_printed_as_csv_alone_is_said() {
        assertThat(experiment
                        .command("rounds", "m.yaml", "--each=text", "--json")
                        .err())
                .contains("--each text is printed as csv");
        assertThat(experiment.command("rounds", "m.yaml", "--split=dev").err())
                .contains("--split goes with --each text or --each word");
    }

    @Test
    void an_experiment_has_no_rounds() {
        Output output = experiment.command("rounds", "m.yaml");

        assertThat(output.code()).isZero();
        assertThat(output.err()).contains("small has no rounds");
    }
}
