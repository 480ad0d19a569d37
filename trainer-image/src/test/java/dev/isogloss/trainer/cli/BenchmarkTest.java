package dev.isogloss.trainer.cli;

import static dev.isogloss.trainer.cli.SmallBenchmark.LONG;
import static dev.isogloss.trainer.cli.SmallBenchmark.SHORT;
import static dev.isogloss.trainer.cli.SmallBenchmark.TABLE;
import static dev.isogloss.trainer.cli.SmallBenchmark.TEMPLATE;
import static dev.isogloss.trainer.cli.SmallBenchmark.score;
import static dev.isogloss.trainer.cli.SmallBenchmark.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A benchmark on the real command line, by real steps.
class BenchmarkTest {
    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void aSmallBenchmark() throws IOException {
        experiment = SmallBenchmark.in(folder);
    }

    private JsonNode results() throws IOException {
        return SmallBenchmark.results(experiment);
    }

    @Test
    void a_benchmark_is_checked_planned_run_and_shown_by_the_same_commands_as_an_experiment() throws IOException {
        assertThat(experiment.command("validate", "m.yaml").out())
                .contains("TransferBenchmark table is valid: 3 systems,");
        assertThat(experiment.command("plan", "m.yaml").out())
                .contains("short: fineTune en seed 1", "swept (epochs=5): fineTune en seed 2", "choose swept");

        Output run = experiment.run("--quiet");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Accuracy on test in per cent", "* p < 0.05", "Differences to short on the same examples")
                .contains("  published")
                .isEqualTo("\n" + experiment.command("results", "m.yaml").out());
        assertThat(experiment.command("status", "m.yaml").out()).startsWith("table: ");
        assertThat(experiment.command("results", "m.yaml", "--format=latex").out())
                .startsWith("% \\usepackage{booktabs}\n% \\usepackage{xcolor}\n\\begin{tabular}{lrrrr}")
                .contains("\\textbf{", "\\textcolor{gray}{51.50}", "\\bottomrule");
        assertThat(experiment.run("--quiet").out()).as("again").isEqualTo(run.out());
    }

    /// A larger dataset beside the one of the other systems, with the same test texts.
    @Test
    void a_system_may_have_files_of_its_own_and_is_compared_on_the_same_texts() throws IOException {
        for (String language : List.of("en", "de", "fr")) {
            for (String split : List.of("dev", "test"))
                experiment.write("data/more/%s/%s.jsonl".formatted(language, split), texts(language, split));
            String more = texts(language, "train") + texts(language, "further");
            experiment.write("data/more/%s/train.jsonl".formatted(language), more);
        }
        String own = "data: {name: more-fruit, location: {path: \"more/{language}/{split}.jsonl\"}}";
        String table = TABLE.replace("{name: long, ", "{name: long, " + own + ", ");
        experiment.manifest(table);

        Output run = experiment.run("--quiet");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(score(results(), "long", "en")
                        .path("difference")
                        .path("value")
                        .isNumber())
                .isTrue();

        experiment.write("data/more/de/test.jsonl", texts("de", "tests"));
        experiment.manifest(table.replace("more-fruit", "other-fruit"));

        assertThat(experiment.run("--quiet"))
                .satisfies(other -> assertThat(other.code()).isNotZero())
                .extracting(Output::err, InstanceOfAssertFactories.STRING)
                .contains("were not measured on the same examples");
    }

    @Test
    void its_significance_is_that_of_compare() throws IOException {
        experiment.run("--quiet");
        String head = "apiVersion: isogloss.dev/v1alpha1\nkind: TransferExperiment\nmetadata: {name: %s}\nspec:\n";
        Files.writeString(
                folder.resolve("short.yaml"), head.formatted("short") + TEMPLATE + "  stages: " + SHORT + "\n");
        Files.writeString(folder.resolve("long.yaml"), head.formatted("long") + TEMPLATE + "  stages: " + LONG + "\n");

        JsonNode compared = new ObjectMapper()
                .readTree(experiment
                        .command("compare", "short.yaml", "long.yaml", "--json")
                        .out());

        JsonNode ours = results();
        for (JsonNode row : compared.path("rows")) {
            String language = row.path("language").asText();
            if (language.equals("average")) continue;
            JsonNode difference = score(ours, "long", language).path("difference");
            assertThat(difference.path("p").asDouble())
                    .as(language)
                    .isCloseTo(row.path("pRandomisation").asDouble(), within(5e-6));
            assertThat(difference.path("value").asDouble())
                    .isCloseTo(row.path("difference").asDouble(), within(5.1e-5));
            assertThat(difference.path("low").asDouble())
                    .isCloseTo(row.path("low").asDouble(), within(5.1e-5));
        }
        assertThat(score(ours, "long", "average")
                        .path("difference")
                        .path("value")
                        .asDouble())
                .as("over the targets alone")
                .isCloseTo(
                        score(ours, "long", "average").path("mean").asDouble()
                                - score(ours, "short", "average").path("mean").asDouble(),
                        within(5.1e-5));
    }

    @Test
    void systems_are_compared_as_experiments_are_each_by_its_own_stage() throws IOException {
        experiment.manifest(TABLE.replace(
                "- {name: swept, stages: %s}".formatted(LONG.replace("3e-3", "2e-3")),
                "- {name: swept, stages: %1$s}\n    - {name: early, stage: fineTune, stages: [%2$s, %3$s]}"
                        .formatted(
                                LONG.replace("3e-3", "2e-3"),
                                LONG.replaceAll("^.|.$", ""),
                                SHORT.replaceAll("^.|.$", ""))));
        assertThat(experiment.run("--quiet").code()).isZero();

        String manifest = folder.resolve("m.yaml").toString();

        Output own = experiment.command("compare", manifest + "#short", manifest + "#early", "--json");
        assertThat(own.code()).as(own.err()).isZero();
        assertThat(experiment
                        .command("compare", manifest + "#short", manifest + "#early", "--stage-b=fineTune", "--json")
                        .out())
                .isEqualTo(own.out());
        assertThat(experiment
                        .command("compare", manifest + "#short", manifest + "#early", "--stage-b=fineTune-2", "--json")
                        .out())
                .isNotEqualTo(own.out());
        Output unnamed = experiment.command("compare", manifest, manifest + "#long");
        assertThat(unnamed.code()).isEqualTo(2);
        assertThat(unnamed.err())
                .contains(
                        "m.yaml holds short, long, swept-epochs=2, swept-epochs=5, early, swept. Say which one is meant:");
        assertThat(experiment
                        .command("compare", manifest + "#short", manifest + "#lon")
                        .err())
                .endsWith("swept-epochs=5, early, swept, and no lon; did you mean \"long\"?\n");
    }

    @Test
    void a_swept_system_is_compared_by_the_value_that_was_chosen() throws IOException {
        String manifest = folder.resolve("m.yaml").toString();
        assertThat(experiment
                        .command("compare", manifest + "#swept", manifest + "#short")
                        .err())
                .contains("Of the values that swept is swept over none is chosen yet.", "as swept-epochs=2.");
        assertThat(experiment.run("--quiet").code()).isZero();
        String chosen = "";
        for (JsonNode system : results().path("systems"))
            if (system.path("name").asText().equals("swept"))
                chosen = system.path("chosen").asText();

        String byName = experiment
                .command("compare", manifest + "#short", manifest + "#swept", "--json")
                .out();

        assertThat(byName)
                .isNotEmpty()
                .isEqualTo(experiment
                        .command("compare", manifest + "#short", manifest + "#swept-" + chosen, "--json")
                        .out());
    }

    @Test
    void rounds_are_shown_of_each_run_once_and_by_the_name_of_its_system() throws IOException {
        experiment.manifest("""
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferBenchmark
                metadata: {name: table}
                spec:
                  template:
                %s  systems:
                    - {name: short, stages: %s}
                    - name: before
                      stage: lm round 1
                      models: &models [{name: lm, encoder: {name: tiny, location: {claim: encoders, path: tiny}, maxLength: 16}}]
                      strategy: &strategy {selfTraining: {rounds: 2}}
                    - {name: after, models: *models, strategy: *strategy}
                """.formatted(TEMPLATE.indent(2), SHORT));

        Output rounds = experiment.command("rounds", "m.yaml");

        assertThat(rounds.out().lines().filter(line -> line.contains(": round ")))
                .containsExactly("after: round 1/2, 0 labels handed on");
        assertThat(rounds.err()).isEqualTo("There is no store FOLDER/.isogloss yet.\n");
    }

    @Test
    void a_published_page_that_is_not_there_is_said() throws IOException {
        experiment.with("scores: {short: {en: 51.5}, long: {average: 70}}", "file: paper.md");

        Output run = experiment.run("--quiet");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("spec.published.file is paper.md, and").contains("cannot be read.");
        assertThat(experiment.store()).as("nothing was run").doesNotExist();
        assertThat(experiment.command("results", "m.yaml").err())
                .contains("spec.published.file is paper.md, and")
                .contains("cannot be read. Name a page beside the manifest.");
        Files.writeString(folder.resolve("paper.md"), "| | en |\n|---|---:|\n| Short | 48.25 |\n");
        assertThat(experiment.command("results", "m.yaml", "--format=markdown").out())
                .contains("|   published | 48.25 |");
    }

    /// Else the numbers would be missing from the table, unnoticed.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {scores: {long: {dee: 44.8}}}          | m.yaml:20:30: spec.published.scores.long has a number for dee, which is no column of the table. Write one of en, de, fr, average.
            {scores: {long: {de: 4}}, heading: A}  | spec.published.heading: there is no page that the heading could stand on; name it as file, or leave heading out
            {file: nothere.md}                     | m.yaml:20:21: spec.published.file is nothere.md, and
            {file: page.md, heading: Table 1}      | page.md has no table below a heading "Table 1" with a line for one of short, long, swept and numbers in its columns.
            {file: page.md}                        | page.md:3: the number of long in de is "1,234.5". Write one from 0 to 100
            """)
    void a_mistake_in_published_numbers_is_told_before_anything_runs(String published, String sentence)
            throws IOException {
        experiment.manifest(TABLE.replaceAll("published: .*", "published: " + published));
        experiment.write("page.md", "| | de | it |\n|---|---|---|\n| Long | 1,234.5 | 7 |\n");

        Output validate = experiment.command("validate", "m.yaml");

        assertThat(validate.code()).isEqualTo(2);
        assertThat(validate.out()).contains(sentence);
        assertThat(experiment.run("--quiet").code()).isEqualTo(2);
    }
}
