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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `report` shows of several experiments together, after real runs on the command line.
class AcrossExperimentsTest {
    private static final String ACROSS = "across-experiments-";

    private static final String FRENCH =
            SmallExperiment.line("la pomme", "good") + SmallExperiment.line("la pomme rouge", "bad");

    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void aSmallExperiment() throws IOException {
        experiment = new SmallExperiment(folder);
    }

    /// Runs the experiment, and keeps its manifest under another name.
    private String ran(String name) throws IOException {
        experiment.runs();
        return kept(name);
    }

    private String kept(String name) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, Files.readString(folder.resolve("m.yaml")).replace("name: small", "name: " + name));
        return file.toString();
    }

    private Output report(String... words) {
        return experiment.command(
                Stream.concat(Stream.of("report", "--out", folder.resolve("out").toString()), Stream.of(words))
                        .toArray(String[]::new));
    }

    private List<String> figure(String name) throws IOException {
        return Files.readAllLines(folder.resolve("out/figures/" + ACROSS + name + ".csv"));
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("out/report.html"));
    }

    @Test
    void curves_of_one_task_and_data_set_are_lines_of_one_picture() throws IOException {
        experiment.with("1e-3}", "1e-3, evaluateEvery: 1}");
        String slow = ran("slow");
        experiment.with("1e-3", "1e-2");
        String fast = ran("fast");

        report(slow, fast);

        assertThat(figure("score-by-update-SequenceClassification-on-fruit").stream()
                        .skip(1)
                        .map(line -> line.split(",")[0])
                        .distinct())
                .containsExactly("slow", "fast");
        assertThat(page())
                .containsOnlyOnce("<section id=\"_across\">\n<h2>Across experiments</h2>")
                .contains("<a href=\"#_across\">Across experiments</a>")
                .contains("across experiments: score by update, SequenceClassification on fruit");
    }

    @Test
    void curves_of_other_data_are_not() throws IOException {
        experiment.with("1e-3}", "1e-3, evaluateEvery: 1}");
        String fruit = ran("fruit");
        experiment.with("name: fruit", "name: vegetables");
        String vegetables = ran("vegetables");

        report(fruit, vegetables);

        assertThat(page()).contains("id=\"vegetables\"").doesNotContain("Across experiments");
    }

    @Test
    void lines_between_models_are_means_over_the_pairs_of_all_experiments_and_those_of_one_step_count_once()
            throws IOException {
        experiment.with("- fineTune: {epochs: 2, batchSize: 4, learningRate: 1e-3}", """
                - interpolate:
                            fineTune: {epochs: 2, batchSize: 2, learningRate: 1e-2}
                            line: {coefficients: [0, 0.5, 1]}""");
        String one = ran("one");
        String same = kept("same");
        experiment.with("seeds: [1]", "seeds: [2]");
        String other = ran("other");

        report(one, same, other);

        assertThat(figure("scores-between-models"))
                .hasSize(1 + 4 * 3)
                .allMatch(line -> line.startsWith("line,")
                        || line.matches("\"?from (source|target), (own|other) language\"?,(0.0|0.5|1.0),.*,.+,.+"));
        assertThat(figure("geometry-of-the-models").stream().skip(1).map(line -> line.split(",")[0]))
                .containsExactly("one", "other");
        assertThat(page()).contains("Mean over pairs of languages of one, other, each a mean over seeds");
    }

    @Test
    void scores_are_drawn_by_a_number_in_which_experiments_differ_a_line_a_language() throws IOException {
        experiment.with("targets: [de]", "targets: [de, fr]").write("data/fr/train.jsonl", FRENCH);
        experiment.write("data/fr/dev.jsonl", FRENCH).write("data/fr/test.jsonl", FRENCH);
        String two = ran("two");
        experiment.with("epochs: 2", "epochs: 4").with("seeds: [1]", "seeds: [1, 2]");
        String four = ran("four");
        experiment.with("batchSize: 4", "batchSize: 2").with("epochs: 4", "epochs: 3");
        String smaller = ran("smaller");

        Output output = report(four, two, smaller, "--by", "stages.fineTune.epochs");

        assertThat(output.code()).as(output.err()).isZero();
        List<String> lines = figure("score-by-stages.fineTune.epochs");
        assertThat(lines.stream().skip(1).map(line -> line.replaceAll("^(\\w+,[^,]+),.*", "$1")))
                .containsExactly(
                        "en,2.0", "en,4.0", "de,2.0", "de,4.0", "fr,2.0", "fr,4.0", "average,2.0", "average,4.0");
        assertThat(lines.getLast()).as("two seeds have a spread").matches("average,4.0,.+,.+,.+");
        assertThat(page()).contains("The experiments differ in nothing else: two (2), four (4).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stages.fineTune.epoch    | no experiment of the report has this field. Write its names from spec down",
                "fineTune.epochs          | no experiment of the report has this field. Did you mean stages.fineTune.epochs?",
                "task.type                | in small it is \"SequenceClassification\", which is no number.",
                "seeds                    | in small it has several values, 1, 2. Name one item of the list by its number",
                "spec.stages.fineTune.epochs | it is 2 wherever it is set (other, small), so there is nothing to compare.",
                "encoder.maxLength        | no two experiments differ in it alone. Those that have it are other (12), small (16)",
            })
    void a_field_that_nothing_can_be_drawn_by_is_refused(String field, String why) throws IOException {
        experiment.with("seeds: [1]", "seeds: [1, 2]");
        experiment.runs();
        String small = kept("small");
        experiment.with("maxLength: 16", "maxLength: 12").with("batchSize: 4", "batchSize: 2");
        String other = kept("other");

        Output output = report(small, other, "--by", field);

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("--by " + field.replace("spec.", "") + ": " + why);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void a_field_whose_experiments_have_no_scores_yet_is_noted() throws IOException {
        String two = ran("two");
        experiment.with("epochs: 2", "epochs: 4");
        String four = kept("four");

        Output output = report(two, four, "--by", "stages[0].fineTune.epochs");

        assertThat(output.code()).as(output.err()).isZero();
        assertThat(page())
                .contains("Fewer than two of the experiments that differ in stages[0].fineTune.epochs alone have scores"
                        + " yet: two (2), four (4).");
    }
}
