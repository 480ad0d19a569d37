package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `report` after a real run on the command line.
class ReportCommandTest {
    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void aSmallExperiment() throws IOException {
        experiment = new SmallExperiment(folder).with("1e-3}\n  evaluate", """
                        1e-3, evaluateEvery: 1}
                            - {name: texts, project: {show: Texts, projection: PrincipalComponents}}
                            - analyse: {}
                          evaluate""").with("seeds: [1]", "seeds: [1, 2]");
    }

    private String written(String file) throws IOException {
        return Files.readString(folder.resolve("out").resolve(file));
    }

    private List<String> files(String of) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out").resolve(of))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_report_is_one_page_with_tables_and_figures_beside_it() throws IOException {
        experiment.runs();

        Output output = experiment.command(
                "report", "m.yaml", "--out", folder.resolve("out").toString());

        assertThat(output.code()).as(output.err()).isZero();
        assertThat(output.err()).isEmpty();
        assertThat(output.out()).isEqualTo("FOLDER/out/report.html\n");
        assertThat(files("tables")).containsExactly("small.csv", "small.md", "small.tex");
        assertThat(files("figures"))
                .contains(
                        "small-feature-shift-by-layer.csv",
                        "small-score-by-update.csv",
                        "small-score-by-update.svg",
                        "small-scores-by-feature-shift.svg",
                        "small-scores-by-prior-shift.svg",
                        "small-texts-of-fineTune-seed-1.svg",
                        "small-texts-of-encoder-seed-2.csv");
        assertThat(written("figures/small-score-by-update.csv")).startsWith("line,x,y,low,high\nfineTune,1.0,");
        assertThat(written("tables/small.csv"))
                .isEqualTo(experiment
                        .command("results", "m.yaml", "--format", "csv")
                        .out());
    }

    @Test
    void the_page_needs_nothing_beside_it_and_names_every_step_and_every_byte_that_was_read() throws IOException {
        experiment.runs();

        experiment.command("report", "m.yaml", "--out", folder.resolve("out").toString());

        String page = written("report.html");
        assertThat(page).contains("<svg").doesNotContain("<link", "src=", "@import", "url(");
        try (Stream<Path> steps = Files.list(experiment.store().resolve("steps"))) {
            assertThat(steps.map(step -> step.getFileName().toString()).toList())
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(page).contains("<code>" + key + "</code>"));
        }
        assertThat(page)
                .contains(
                        "de/test.jsonl",
                        "en/train.jsonl",
                        "isogloss run ",
                        "m.yaml --claim datasets=FOLDER --claim encoders=FOLDER</code>")
                .as("in single precision")
                .doesNotContain("multiplied in BFloat16");
        String csv = written("tables/small.csv");
        String mean = csv.lines().skip(1).findFirst().orElseThrow().split(",")[4];
        assertThat(page).contains("data-value=\"" + mean + "\"");
        assertThat(page)
                .as("the table that a button copies, line by line")
                .contains(written("tables/small.tex").replace("&", "&amp;"))
                .contains(csv);
    }

    @Test
    void two_reports_of_one_store_have_the_same_bytes() throws IOException {
        experiment.runs();
        experiment.command("report", "m.yaml", "--out", folder.resolve("out").toString());
        String first = written("report.html");

        experiment.command("report", "m.yaml", "--out", folder.resolve("out").toString());

        assertThat(written("report.html")).isEqualTo(first);
    }

    @Test
    void experiments_of_one_name_have_files_of_their_own_and_are_compared_with_a_baseline() throws IOException {
        experiment.runs();

        Output output = experiment.command(
                "report",
                "m.yaml",
                "m.yaml",
                "--baseline",
                "small",
                "--out",
                folder.resolve("out").toString());

        assertThat(output.code()).as(output.err()).isZero();
        assertThat(files("tables")).contains("small.csv", "small-2.csv");
        assertThat(written("report.html"))
                .contains("id=\"small\"", "id=\"small-2\"", "<td class=\"number\">+0.0</td>")
                .containsOnlyOnce("interval by paired bootstrap");
    }

    @Test
    void a_difference_is_that_of_the_experiment_from_the_baseline() throws IOException {
        experiment.runs();
        Files.writeString(
                folder.resolve("other.yaml"),
                Files.readString(folder.resolve("m.yaml")).replace("name: small", "name: other"));

        experiment.command(
                "report",
                "m.yaml",
                folder.resolve("other.yaml").toString(),
                "--baseline",
                "small",
                "--out",
                folder.resolve("out").toString());

        assertThat(written("report.html")).contains("other fineTune − small fineTune, Accuracy on test");
    }

    @Test
    void a_baseline_that_is_none_of_the_experiments_is_refused() {
        experiment.runs();

        Output output = experiment.command("report", "m.yaml", "--baseline", "smal");

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err())
                .contains("--baseline is smal; the report has the experiments small, and measured stages fineTune.");
    }

    @Test
    void without_results_there_is_no_report() {
        Output output = experiment.command(
                "report", "m.yaml", "--out", folder.resolve("out").toString());

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err())
                .contains("None of the 1 experiments has a result in the store. Run them first: isogloss run ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void an_experiment_that_lacks_results_says_so_on_the_page() throws IOException {
        experiment.runs();
        experiment.with("seeds: [1, 2]", "seeds: [1, 2, 3]");

        Output output = experiment.command(
                "report", "m.yaml", "--out", folder.resolve("out").toString());

        assertThat(output.code()).isZero();
        assertThat(output.err()).matches("small: \\d+ of \\d+ steps have no result yet; isogloss run makes them.\n");
        assertThat(written("report.html"))
                .containsPattern("\\d+ of \\d+ steps have no result yet: what is shown is not all");
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws IOException {
        experiment.runs();
        Files.writeString(folder.resolve("file"), "");

        Output output = experiment.command(
                "report", "m.yaml", "--out", folder.resolve("file").toString());

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("cannot be written (").contains("--out");
    }
}
