package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `interpolation` after a real run on the command line.
class InterpolationCommandTest {
    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void aSmallExperiment() throws IOException {
        experiment = new SmallExperiment(folder)
                .with("seeds: [1]", "seeds: [1, 2]")
                .with("- fineTune: {epochs: 2, batchSize: 4, learningRate: 1e-3}", """
                        - interpolate:
                                    fineTune: {epochs: 2, batchSize: 2, learningRate: 1e-2}
                                    line: {coefficients: [0, 0.5, 1]}
                                    plane: {coefficients: [0, 1]}""");
    }

    private List<String> csv(String... options) {
        String[] words = new String[options.length + 4];
        System.arraycopy(new String[] {"interpolation", "m.yaml", "--format", "csv"}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        Output output = experiment.command(words);
        assertThat(output.code()).as(output.err()).isZero();
        assertThat(output.err()).isEmpty();
        return output.out().lines().toList();
    }

    @Test
    void the_table_has_a_row_for_each_place_and_language_and_one_for_each_three_models() {
        experiment.runs();

        Output output = experiment.command("interpolation", "m.yaml");

        assertThat(output.code()).as(output.err()).isZero();
        assertThat(output.err()).isEmpty();
        List<String> rows = output.out()
                .lines()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
        assertThat(rows.getFirst()).isEqualTo("stage target from α on metric mean % of both % var/m std/m n");
        assertThat(rows.subList(2, 14))
                .allMatch(row -> row.matches(
                        "interpolate de (source|target) (0.0|0.5|1.0) (de|en) Accuracy \\d+\\.\\d\\d .* 2"));
        assertThat(rows.get(15)).isEqualTo("stage target norm source norm target ratio degrees n");
        assertThat(rows.get(17)).matches("interpolate de 0\\.\\d{3} 0\\.\\d{3} \\d\\.\\d{3} \\d+\\.\\d 2");
        assertThat(rows).hasSize(18);
    }

    @Test
    void every_number_is_csv_by_seed_or_over_seeds() {
        experiment.runs();

        List<String> line = csv();
        assertThat(line.getFirst()).isEqualTo("experiment,stage,target,seed,from,alpha,language,metric,score");
        assertThat(line).hasSize(1 + 2 * 2 * 3 * 2 * 2);
        assertThat(line.get(1)).matches("small,interpolate,de,1,source,0.0,de,Accuracy,[01]\\.\\d+");
        List<String> means = csv("--mean");
        assertThat(means.getFirst())
                .isEqualTo("experiment,stage,target,from,alpha,language,metric,mean,both,normalised,variance,"
                        + "deviation,n");
        assertThat(means).hasSize(1 + 2 * 3 * 2 * 2).element(1).asString().endsWith(",2");
        List<String> plane = csv("--of", "plane");
        assertThat(plane.getFirst())
                .isEqualTo("experiment,stage,target,seed,alphaSource,alphaTarget,language,metric,score");
        assertThat(plane).hasSize(1 + 2 * 4 * 2 * 2);
        assertThat(csv("--of", "plane", "--mean")).hasSize(1 + 4 * 2 * 2);
        List<String> geometry = csv("--of", "geometry");
        assertThat(geometry.getFirst())
                .isEqualTo("experiment,stage,target,seed,part,normSource,normTarget,ratio,degrees");
        assertThat(geometry).hasSize(1 + 2 * 3);
        assertThat(geometry.get(1)).startsWith("small,interpolate,de,1,all,");
    }

    @Test
    void options_that_would_say_nothing_are_refused() {
        Output table = experiment.command("interpolation", "m.yaml", "--mean");
        Output geometry =
                experiment.command("interpolation", "m.yaml", "--format", "csv", "--of", "geometry", "--mean");

        assertThat(List.of(table.code(), geometry.code())).containsOnly(2);
        assertThat(table.err()).contains("--of and --mean go with --format csv: add that, or leave them out.");
        assertThat(geometry.err()).contains("--mean goes with --of line or plane");
    }

    @Test
    void what_is_not_measured_yet_is_missed_and_an_experiment_without_any_is_told_how() throws IOException {
        Output before = experiment.command("interpolation", "m.yaml");

        assertThat(before.code()).isZero();
        assertThat(before.out()).isEmpty();
        assertThat(before.err())
                .isEqualTo(
                        "There is no store FOLDER/.isogloss yet.\nsmall: 4 of 4 lines and planes are not measured yet; isogloss run measures them.\n");
        Output none = new SmallExperiment(folder).command("interpolation", "m.yaml");
        assertThat(none.err()).endsWith("small has no stage interpolate; add one: - interpolate: {}\n");
    }

    @Test
    void a_stage_without_a_plane_is_told_how_to_ask_for_one() throws IOException {
        experiment.with("\n            plane: {coefficients: [0, 1]}", "");
        experiment.runs();

        assertThat(experiment
                        .command("interpolation", "m.yaml", "--format", "csv", "--of", "plane")
                        .err())
                .isEqualTo("small measures no plane; ask for one: - interpolate: {plane: {}}\n");
    }
}
