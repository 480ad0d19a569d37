package dev.isogloss.trainer.cli;

import static dev.isogloss.trainer.cli.SmallBenchmark.LONG;
import static dev.isogloss.trainer.cli.SmallBenchmark.SHORT;
import static dev.isogloss.trainer.cli.SmallBenchmark.TABLE;
import static dev.isogloss.trainer.cli.SmallBenchmark.score;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `isogloss report` of benchmarks that the real command line has run.
class BenchmarkReportTest {
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
}
