package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `project` after a real run on the command line.
class ProjectCommandTest {
    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void aSmallExperiment() throws IOException {
        experiment = new SmallExperiment(folder).with("1e-3}\n  evaluate", """
                        1e-3}
                            - project: {}
                            - {name: texts, project: {show: Texts, projection: PrincipalComponents}}
                          evaluate""");
    }

    @Test
    void maps_are_a_table_with_a_line_for_each_encoder_and_model() {
        experiment.runs();

        Output output = experiment.command("project", "m.yaml");

        assertThat(output.code()).as(output.err()).isZero();
        assertThat(output.err()).isEmpty();
        assertThat(output.out().lines().map(line -> line.replaceAll(" +", " ")))
                .satisfiesExactly(
                        header -> assertThat(header).isEqualTo("map seed of points divergence mixing % pair distance"),
                        rule -> assertThat(rule).startsWith("───"),
                        line -> assertThat(line).matches("project 1 encoder 7 \\d\\.\\d{3} \\d+\\.\\d –"),
                        line -> assertThat(line).matches("project 1 fineTune 7 \\d\\.\\d{3} \\d+\\.\\d –"),
                        line -> assertThat(line).matches("texts 1 encoder 4 – \\d+\\.\\d –"),
                        line -> assertThat(line).matches("texts 1 fineTune 4 – \\d+\\.\\d –"));
    }

    @Test
    void points_and_vectors_are_csv_a_line_each() {
        experiment.runs();

        List<String> points = experiment
                .command("project", "m.yaml", "--format", "csv")
                .out()
                .lines()
                .toList();
        List<String> vectors = experiment
                .command("project", "m.yaml", "--format", "csv", "--each", "vector")
                .out()
                .lines()
                .toList();

        assertThat(points).hasSize(1 + 2 * 7 + 2 * 4);
        assertThat(points.getFirst()).isEqualTo("experiment,seed,map,stage,target,group,example,number,text,label,x,y");
        assertThat(points.get(1)).startsWith("small,1,project,encoder,,en,1,1,the,,");
        assertThat(points.getLast()).startsWith("small,1,texts,fineTune,,de,2,0,die zitrone test,bad,");
        assertThat(vectors).hasSameSizeAs(points);
        assertThat(vectors.getLast().split(",", -1)[8].split(" ")).hasSize(16);
    }

    @Test
    void what_a_line_has_is_a_question_of_csv_alone() {
        Output output = experiment.command("project", "m.yaml", "--each", "vector");

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).contains("--each goes with --format csv: add that, or leave --each out.");
    }

    @Test
    void json_has_every_number_in_full() throws IOException {
        experiment.runs();

        JsonNode json = new ObjectMapper()
                .readTree(experiment
                        .command("project", "m.yaml", "--format", "json")
                        .out());

        assertThat(json.get("name").asText()).isEqualTo("small");
        assertThat(json.get("maps")).hasSize(4);
        assertThat(json.get("maps").get(0).get("of").asText()).isEqualTo("encoder");
        assertThat(json.get("maps").get(0).has("pairDistance")).isFalse();
        assertThat(json.get("maps").get(1).get("mixing").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void maps_that_are_not_made_yet_are_missed_and_an_experiment_without_any_is_told_how() throws IOException {
        Output before = experiment.command("project", "m.yaml");

        assertThat(before.code()).isZero();
        assertThat(before.out()).isEmpty();
        assertThat(before.err())
                .isEqualTo(
                        "There is no store FOLDER/.isogloss yet.\nsmall: 2 of 2 maps are not made yet; isogloss run makes them.\n");
        experiment
                .with("    - project: {}\n", "")
                .with("project: {show: Texts, projection: PrincipalComponents}", "fineTune: {}");
        assertThat(experiment.command("project", "m.yaml").err())
                .endsWith("small has no stage project; add one: - project: {}\n");
    }
}
