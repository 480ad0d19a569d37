package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A benchmark on the real command line, by real steps.
class BenchmarkTest {
    private static final String TEMPLATE = """
              task: {type: SequenceClassification}
              data:
                name: fruit
                location: {claim: datasets, path: "{language}/{split}.jsonl"}
              encoder: {name: tiny, location: {claim: encoders, path: tiny}, maxLength: 16}
              source: en
              targets: [de, fr]
              seeds: [1, 2]
            """;

    private static final String SHORT = "[{fineTune: {epochs: 1, batchSize: 8, learningRate: 1e-4}}]";
    private static final String LONG = "[{fineTune: {epochs: 6, batchSize: 8, learningRate: 3e-3}}]";

    private static final String TABLE = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferBenchmark
            metadata: {name: table}
            spec:
              template:
            %s  systems:
                - {name: short, stages: %s}
                - {name: long, stages: %s}
                - {name: swept, stages: %s}
              sweep: {system: swept, over: {"stages[0].fineTune.epochs": [2, 5]}}
              comparison: {baseline: short}
              published: {scores: {short: {en: 51.5}, long: {average: 70}}}
            """.formatted(TEMPLATE.indent(2), SHORT, LONG, LONG.replace("3e-3", "2e-3"));

    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void aSmallBenchmark() throws IOException {
        experiment = new SmallExperiment(folder).manifest(TABLE);
        for (String language : List.of("en", "de", "fr"))
            for (String split : List.of("train", "dev", "test"))
                experiment.write("data/%s/%s.jsonl".formatted(language, split), texts(language, split));
    }

    /// Forty texts, of which the words tell the class: in other languages fewer of them do.
    private static String texts(String language, String split) {
        List<String> good = List.of("sweet apple", "apple", "sweet", "suess");
        List<String> bad = List.of("sour lemon", "lemon", "sour", "sauer");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            boolean first = (i * 7 + split.length()) % 2 == 0;
            boolean misleading = !language.equals("en") && i % (language.equals("de") ? 5 : 3) == 0;
            List<String> words = first == misleading ? bad : good;
            lines.append(SmallExperiment.line(
                    "%s %s %s %d".formatted(words.get(i % 4), language, split, i), first ? "good" : "bad"));
        }
        return lines.toString();
    }

    private JsonNode results() throws IOException {
        return new ObjectMapper()
                .readTree(
                        experiment.command("results", "m.yaml", "--format=json").out());
    }

    private static JsonNode score(JsonNode results, String system, String language) {
        for (JsonNode each : results.path("systems"))
            for (JsonNode score : each.path("scores"))
                if (each.path("name").asText().equals(system)
                        && score.path("language").asText().equals(language)) return score;
        throw new AssertionError(system + " " + language);
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
    void a_report_has_the_table_and_a_section_for_each_system() throws IOException {
        experiment.run("--quiet");

        assertThat(experiment
                        .command("report", "m.yaml", "--out=" + folder.resolve("report"))
                        .code())
                .isZero();

        String page = Files.readString(folder.resolve("report/report.html"));
        assertThat(page).contains("<h2>short</h2>", "<h2>long</h2>", "<h2>swept-epochs-5</h2>");
        assertThat(folder.resolve("report/tables/table.tex")).content().contains("\\toprule");
        List<String> missing = new ArrayList<>();
        for (String system : List.of("short", "long"))
            if (!Files.exists(folder.resolve("report/tables/" + system + ".csv"))) missing.add(system);
        assertThat(missing).isEmpty();
    }

    @Test
    void a_benchmark_has_files_of_its_own_in_a_report_beside_a_system_or_another_of_its_name() throws IOException {
        experiment.manifest(TABLE.replace("{name: table}", "{name: long}"));
        experiment.run("--quiet");

        Output report = experiment.command("report", "m.yaml", "m.yaml", "--out=" + folder.resolve("report"));

        assertThat(report.code()).as(report.err()).isZero();
        Path tables = folder.resolve("report/tables");
        for (String name : List.of("long.csv", "long-2.csv"))
            assertThat(tables.resolve(name)).content().as(name).startsWith("stage,language");
        for (String name : List.of("long-3", "long-4")) {
            assertThat(tables.resolve(name + ".csv")).content().isEqualTo(results("csv"));
            assertThat(tables.resolve(name + ".md")).content().isEqualTo(results("markdown"));
            assertThat(tables.resolve(name + ".tex")).content().isEqualTo(results("latex"));
        }
        assertThat(Files.readString(folder.resolve("report/report.html")))
                .containsOnlyOnce("<section id=\"long-3\">\n<h2>long-3</h2>")
                .contains("<li><a href=\"#long-4\">", "<span>tables/long-4.csv, .md, .tex</span>");
    }

    /// On another split than `test` and of a stage that is not the last: what the table is of, and no comparison else.
    @Test
    void the_section_of_a_system_has_the_differences_that_its_line_has_in_the_table() throws IOException {
        String early = "- {name: early, stage: fineTune, stages: [%s, %s]}"
                .formatted(LONG.replaceAll("^.|.$", ""), SHORT.replaceAll("^.|.$", ""));
        experiment.manifest(TABLE.replace("- {name: swept,", early + "\n    - {name: swept,")
                .replace("seeds: [1, 2]", "seeds: [1, 2]\n    evaluate: {splits: [dev, test]}")
                .replace("{baseline: short}", "{baseline: short, split: dev}"));
        assertThat(experiment.run("--quiet").code()).isZero();

        experiment.command("report", "m.yaml", "--out=" + folder.resolve("report"));

        String page = Files.readString(folder.resolve("report/report.html"));
        assertThat(page)
                .contains(
                        "early fineTune − short fineTune, Accuracy on dev",
                        "adjusted for all comparisons of table (Holm)")
                .doesNotContain("on test, in points");
        JsonNode results = results();
        for (String system : List.of("long", "early", "swept"))
            for (String column : List.of("en", "de", "fr", "average"))
                assertThat(page)
                        .contains(row(column, score(results, system, column).path("difference")));
    }

    private static String row(String column, JsonNode difference) {
        String numbers = String.format(
                        Locale.ROOT,
                        "<td class=\"number\">%+.1f</td><td class=\"number\">[%+.1f, %+.1f]</td>",
                        100 * difference.path("value").asDouble(),
                        100 * difference.path("low").asDouble(),
                        100 * difference.path("high").asDouble())
                .replace('-', '−');
        return String.format(
                Locale.ROOT,
                "<th>%s</th>%s<td class=\"number\">%.4f</td>",
                column,
                numbers,
                difference.path("adjusted").asDouble());
    }

    @Test
    void each_benchmark_of_a_report_is_compared_with_its_own_baseline() throws IOException {
        experiment.run("--quiet");
        Path other = folder.resolve("other.yaml");
        Files.writeString(
                other, TABLE.replace("{name: table}", "{name: other}").replace("baseline: short", "baseline: long"));
        assertThat(experiment.command("run", other.toString(), "--quiet").code())
                .isZero();
        String out = "--out=" + folder.resolve("report");

        experiment.command("report", "m.yaml", other.toString(), out);

        Path page = folder.resolve("report/report.html");
        assertThat(page)
                .content()
                .containsOnlyOnce("long fineTune − short fineTune")
                .containsOnlyOnce("short-2 fineTune − long-2 fineTune")
                .doesNotContain("long-2 fineTune − short");

        experiment.command("report", "m.yaml", other.toString(), "--baseline=short", out);

        assertThat(page)
                .content()
                .contains("long-2 fineTune − short fineTune, Accuracy on test")
                .doesNotContain("all comparisons of");
    }

    @Test
    void before_a_benchmark_has_compared_its_systems_their_sections_say_so() throws IOException {
        experiment.manifest(TABLE.replace("  comparison: {baseline: short}\n", ""));
        experiment.run("--quiet");
        experiment.manifest(TABLE);

        experiment.command("report", "m.yaml", "--out=" + folder.resolve("report"));

        assertThat(folder.resolve("report/report.html"))
                .content()
                .contains("Not compared with the baseline: that step of the benchmark has no result yet.")
                .doesNotContain("in points");
    }

    private String results(String format) {
        return experiment.command("results", "m.yaml", "--format=" + format).out();
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
