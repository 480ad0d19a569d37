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

/// What `report` shows of several experiments together, after real runs on the command line.
class AcrossExperimentsTest {
    private static final String ACROSS = "across-experiments-";

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
}
