package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Score;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models between three, from manifest to scores, on invented data.
class InterpolateStepTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: lab}
            spec:
              task: {type: TASK}
              data: {name: toy, location: {generated: &sizes {trainExamples: 40, testExamples: 30, texts: 40, pairs: 20}}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 16, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 3, batchSize: 8, maxLength: 32}
              source: qal
              targets: [qen]
              seeds: [3]
              stages:
                - interpolate: STAGE
              evaluate: {splits: [dev]}
            """;
    private static final String TRAINING = "fineTune: {epochs: 8, batchSize: 8, learningRate: 1e-2}";

    /// Where models are made once for all tests.
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static StepRig laboratory(Path store, String task, String settings) {
        return new StepRig(
                store,
                MANIFEST.replace("TASK", task).replace("STAGE", "{" + TRAINING + ", " + settings + "}"),
                Map.of());
    }

    private static StepRig measured(String task, String settings) throws Exception {
        StepRig lab = laboratory(shared.resolve("store"), task, settings);
        lab.run();
        return lab;
    }

    private static PlannedStep titled(StepRig lab, String title) {
        return lab.plan.steps().stream()
                .filter(step -> step.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static List<String[]> table(StepRig lab, String title, String file) throws IOException {
        return Files.readAllLines(
                        lab.store.made(titled(lab, title).key(), "analysis").resolve(file))
                .stream()
                .map(line -> line.split(",", -1))
                .toList();
    }

    /// By language and metric.
    private static Map<String, Double> scores(List<String[]> table, String one, String two) {
        Map<String, Double> scores = new TreeMap<>();
        for (String[] row : table)
            if (row[0].equals(one) && row[1].equals(two)) scores.put(row[2] + row[3], Double.valueOf(row[4]));
        return scores;
    }

    private static Map<String, Double> evaluated(StepRig lab, String title) {
        Map<String, Double> scores = new TreeMap<>();
        for (Score score : lab.result(titled(lab, title).key()).scores())
            scores.put(score.language() + score.metric(), score.value());
        return scores;
    }

    @ParameterizedTest
    @ValueSource(strings = {"SequenceClassification", "NamedEntityRecognition"})
    void ends_of_lines_and_corners_of_planes_score_as_the_models_themselves(String task) throws Exception {
        StepRig lab = measured(task, "line: {coefficients: [-0.5, 0, 0.5, 1]}, plane: {coefficients: [0, 1]}");
        List<String[]> line = table(lab, "interpolate line qen seed 3", "line.csv");
        List<String[]> plane = table(lab, "interpolate plane qen seed 3", "plane.csv");
        Map<String, Double> source = evaluated(lab, "evaluate interpolate-source seed 3");
        Map<String, Double> target = evaluated(lab, "evaluate interpolate-target qen seed 3");
        Map<String, Double> both = evaluated(lab, "evaluate interpolate-both qen seed 3");

        assertThat(line.getFirst()).containsExactly("from", "alpha", "language", "metric", "score");
        assertThat(line).hasSize(1 + 2 * 4 * 2 * source.size() / 2);
        assertThat(source).isNotEqualTo(both);
        assertThat(scores(line, "source", "0.0")).isEqualTo(source);
        assertThat(scores(line, "source", "1.0")).isEqualTo(both);
        assertThat(scores(line, "target", "0.0")).isEqualTo(target);
        assertThat(scores(line, "target", "1.0")).isEqualTo(both);
        assertThat(plane.getFirst()).containsExactly("alphaSource", "alphaTarget", "language", "metric", "score");
        assertThat(scores(plane, "0.0", "0.0")).isEqualTo(both);
        assertThat(scores(plane, "1.0", "0.0")).isEqualTo(source);
        assertThat(scores(plane, "0.0", "1.0")).isEqualTo(target);
        assertThat(lab.result(titled(lab, "interpolate line qen seed 3").key())
                        .facts()
                        .byName())
                .containsEntry("points", 7.0);
        assertThat(table(lab, "interpolate line qen seed 3", "both.csv").subList(1, 1 + both.size()))
                .allSatisfy(row -> assertThat(both).containsEntry(row[0] + row[1], Double.valueOf(row[2])));
    }

    @Test
    void the_geometry_is_that_of_whole_models() throws Exception {
        StepRig lab = measured("SequenceClassification", "line: {coefficients: [0.5]}, maxExamples: 2");
        PlannedStep step = titled(lab, "interpolate line qen seed 3");
        List<double[]> weights = new ArrayList<>();
        for (StepKey key : ((InterpolateStep) step.spec()).models()) weights.add(weights(lab.store.model(key)));

        JsonNode geometry = new ObjectMapper()
                .readTree(lab.store
                        .made(step.key(), "analysis")
                        .resolve("geometry.json")
                        .toFile());
        Map<String, Double> facts = lab.result(step.key()).facts().byName();

        double source = distance(weights.get(0), weights.get(2));
        double target = distance(weights.get(1), weights.get(2));
        assertThat(geometry.get("all").get("normSource").asDouble()).isCloseTo(source, within(1e-9));
        assertThat(geometry.get("all").get("normTarget").asDouble()).isCloseTo(target, within(1e-9));
        assertThat(geometry.get("all").get("ratio").asDouble()).isCloseTo(source / target, within(1e-9));
        assertThat(geometry.get("all").get("degrees").asDouble()).isBetween(1.0, 179.0);
        for (String number : List.of("normSource", "normTarget", "ratio", "degrees"))
            assertThat(facts)
                    .containsEntry(number, geometry.get("all").get(number).asDouble());
        assertThat(Math.hypot(
                        geometry.get("encoder").get("normSource").asDouble(),
                        geometry.get("head").get("normSource").asDouble()))
                .isCloseTo(source, within(1e-9));
    }

    private static double[] weights(Path folder) {
        try (Model model = ModelFiles.read(folder)) {
            return model.trainable().values().stream()
                    .map(Tensor::toDoubles)
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }
    }

    private static double distance(double[] one, double[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) squares += (one[i] - other[i]) * (one[i] - other[i]);
        return Math.sqrt(squares);
    }

    @Test
    void no_more_examples_are_scored_than_asked_for() throws Exception {
        StepRig few = measured("SequenceClassification", "line: {coefficients: [0.25]}, maxExamples: 3");

        assertThat(table(few, "interpolate line qen seed 3", "line.csv").stream()
                        .filter(row -> row[3].equals("Accuracy"))
                        .map(row -> 3 * Double.parseDouble(row[4])))
                .hasSize(4)
                .allSatisfy(thirds -> assertThat(thirds).isCloseTo(Math.rint(thirds), within(1e-9)));
    }

    @Test
    void stopped_and_killed_between_any_two_points_it_ends_in_the_same_bytes() throws Exception {
        String settings = "line: {coefficients: [-0.5, 0, 0.3, 0.6, 1]}, plane: {coefficients: [0, 0.5, 1]}";
        StepRig whole = laboratory(folder.resolve("whole"), "NamedEntityRecognition", settings);
        whole.run();
        StepRig broken = laboratory(folder.resolve("broken"), "NamedEntityRecognition", settings);

        InterruptedRun.finish(broken, 2);

        assertThat(InterruptedRun.bytes(broken)).isEqualTo(InterruptedRun.bytes(whole));
        assertThat(broken.notes).anyMatch(note -> note.matches("\\d+ of 9 models were scored before"));
        assertThat(whole.notes).noneMatch(note -> note.contains("were scored before"));
        for (PlannedStep step : broken.plan.steps())
            assertThat(broken.store.folder(step.key()).checkpoint()).doesNotExist();
    }

    @Test
    void models_of_different_labels_stop_the_step_with_the_labels() throws Exception {
        for (String language : List.of("qal", "qen")) {
            Files.createDirectories(folder.resolve(language));
            for (String split : List.of("train", "dev"))
                Files.writeString(
                        folder.resolve(language).resolve(split + ".jsonl"),
                        line("one", "b").repeat(4)
                                + (split.equals("dev") ? "" : line("two", language.equals("qal") ? "c" : "d")));
        }
        StepRig lab = new StepRig(
                folder.resolve("store"),
                MANIFEST.replace("TASK", "SequenceClassification")
                        .replaceFirst(
                                "location: \\{generated: &sizes",
                                "location: {claim: data, path: \"{language}/" + "{split}.jsonl\"}}\n  #")
                        .replace("generated: *sizes", "generated: {texts: 40, pairs: 20}")
                        .replace("STAGE", "{" + TRAINING + "}"),
                Map.of("data", folder));

        assertThatThrownBy(lab::run)
                .isInstanceOf(InvalidInput.class)
                .hasMessage("The three models tell different labels apart (c only in source and both; d only in target"
                        + " and both). Name all labels under task.labels.");
    }

    private static String line(String text, String label) {
        return "{\"text\": \"%s\", \"label\": \"%s\"}\n".formatted(text, label);
    }
}
