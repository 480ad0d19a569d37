package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                        + " of their last stage yet: two (2), four (4).");
    }

    @Test
    void an_experiment_whose_last_stage_is_not_measured_yet_is_not_drawn_by_an_earlier_one() throws IOException {
        String second = "1e-3}\n    - {name: second, fineTune: {epochs: 1, batchSize: 2}}";
        experiment.with("1e-3}", second);
        String two = ran("two");
        experiment.with(second, "1e-3}").with("epochs: 2", "epochs: 4").runs();
        experiment.with("1e-3}", second);
        String four = kept("four");

        report(two, four, "--by", "stages[0].fineTune.epochs");

        assertThat(page())
                .contains("<th>fineTune</th>")
                .contains("have scores of their last stage yet: two (2), four (4).");
    }

    /// A draw each: of four German texts two are good, or three. English has as many good ones as bad ones.
    private List<String> drawsWithAlignment() throws IOException {
        experiment.with("    - fineTune: {epochs: 2, batchSize: 4, learningRate: 1e-3}", """
                    - {name: zero-shot, fineTune: {epochs: 2, batchSize: 2, learningRate: 1e-2}}
                    - {name: aligned, iwda: {epochs: 1, batchSize: 2, learningRate: 1e-3}}
                    - analyse: {}
                """.indent(2)
                .stripTrailing());
        List<String> draws = new ArrayList<>();
        for (int good : new int[] {2, 3}) {
            for (String split : List.of("train", "dev", "test")) {
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < 4; i++)
                    lines.append(
                            SmallExperiment.line("der apfel %s %d".formatted(split, i), i < good ? "good" : "bad"));
                experiment.write("data/de/" + split + ".jsonl", lines.toString());
            }
            experiment.with(good == 2 ? "name: fruit" : "name: fruit-2", "name: fruit-" + good);
            draws.add(ran("draw-" + good));
        }
        return draws;
    }

    @Test
    void improvements_over_a_stage_are_drawn_by_prior_shift_a_point_a_language_and_draw() throws IOException {
        List<String> draws = drawsWithAlignment();

        Output output = report(draws.get(0), draws.get(1), "--baseline", "zero-shot");

        assertThat(output.code()).as(output.err()).isZero();
        List<String> points = figure("improvement-by-prior-shift");
        assertThat(points.stream().map(point -> point.replaceAll("^(\\w+,[^,]+),.*", "$1")))
                .containsExactly("group,x", "aligned,0.0", "aligned,0.25");
        double before = macroF1("draw-3", "zero-shot");
        double after = macroF1("draw-3", "aligned");
        assertThat(Double.parseDouble(points.getLast().split(",")[2]))
                .isCloseTo(100 * (after / before - 1), within(1e-9));
        assertThat(Files.readString(folder.resolve("out/tables/" + ACROSS + "improvement-by-prior-shift.csv")))
                .startsWith("system,prior shift,improvement %,n,prior correction %,n\naligned,below 0.8,")
                .contains(",2,");
        assertThat(page()).contains("draw-3 aligned − draw-3 zero-shot", "<td>below 0.8</td>");
    }

    private double macroF1(String of, String stage) throws IOException {
        return Files.readAllLines(folder.resolve("out/tables/" + of + ".csv")).stream()
                .filter(line -> line.startsWith(stage + ",de,test,MacroF1,"))
                .mapToDouble(line -> Double.parseDouble(line.split(",")[4]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void without_a_measured_prior_shift_improvements_are_not_drawn_and_the_page_says_so() throws IOException {
        String one = ran("one");
        experiment.with("epochs: 2", "epochs: 4");
        String other = ran("other");

        report(one, other, "--baseline", "one");

        assertThat(page())
                .contains("Improvements over the baseline are not drawn by prior shift: no experiment that is compared"
                        + " has a stage analyse");
    }

    @Test
    void experiments_that_differ_in_the_confidence_penalty_alone_show_what_it_does_to_predictions() throws IOException {
        StringBuilder german = new StringBuilder();
        for (int i = 0; i < 12; i++) german.append(SmallExperiment.line("der apfel " + i, i % 2 == 0 ? "good" : "bad"));
        experiment.write("data/de/test.jsonl", german.toString());
        String without = ran("without");
        experiment.with("1e-3}", "1e-3, confidencePenalty: 1}").with("- fineTune", "- name: unsure\n      fineTune");
        String with = ran("with");

        Output output = report(without, with);

        assertThat(output.code()).as(output.err()).isZero();
        for (String of : List.of("0-without", "1-with")) {
            List<String> map = figure("texts-by-their-probabilities-de-penalty-" + of);
            assertThat(map.stream().skip(1).map(line -> line.split(",")[0]))
                    .containsOnly("good", "bad")
                    .hasSize(12);
            int texts = figure("losses-of-labels-de-penalty-" + of).stream()
                    .skip(1)
                    .mapToInt(line -> Integer.parseInt(line.split(",")[3]))
                    .sum();
            assertThat(texts).isEqualTo(12);
        }

        assertThat(page().indexOf("losses of labels, de, penalty 0"))
                .as("the same figure of both, one behind the other")
                .isGreaterThan(page().indexOf("by their probabilities, de, penalty 1"));
        assertThat(report(without, with, "--words", "0").code()).isZero();
        assertThat(page()).contains("losses of labels, de, penalty 1 (with)").doesNotContain("by their probabilities");
    }

    @Test
    void a_map_of_fewer_than_no_words_is_refused() throws IOException {
        Output output = report(ran("one"), "--words", "-1");

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("--words is -1; write 0 for no maps, or more.");
    }
}
