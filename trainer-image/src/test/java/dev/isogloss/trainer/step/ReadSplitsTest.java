package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.PlannedStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the result of a step says that it has read: a wrong split would be a wrong score that looks like a right one.
class ReadSplitsTest {
    private static final String HEAD = """
            apiVersion: isogloss.dev/v1alpha1
            kind: KIND
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: &sizes {trainExamples: 40, testExamples: 20, texts: 40, pairs: 20}}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
              source: qal
              targets: [qen, qir]
              seeds: [3]
            """;
    private static final String STAGES = """
              stages:
                - fineTune: {maxUpdates: 2, batchSize: 8, selection: {keep: Best}}
                - distill: {maxUpdates: 2, frozenLayers: 1, selection: {keep: Best}}
                - selfTrain: {fraction: 1, batchSize: 40, unlabelledSplit: dev}
              evaluate: {splits: [test]}
            """;
    private static final String ENCODER = """
            maxLength: 32
            fromPretraining:
              architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 2}
              tokenizer: {vocabularySize: 300}
              pretrain: {maxUpdates: 2, batchSize: 8, maxLength: 32, pairFraction: 0}
            """;

    @TempDir
    Path folder;

    /// What is evaluated is looked for in the texts that were trained on, which are read for that.
    @Test
    void the_stages_of_an_experiment_read_the_splits_that_it_names_and_no_others() throws Exception {
        StepRig rig = rig("TransferExperiment", "  encoder:\n" + ENCODER.indent(4) + STAGES);
        rig.run();

        assertThat(read(rig, "fineTune qal seed 3")).containsExactly("qal/dev", "qal/train");
        assertThat(read(rig, "evaluate fineTune seed 3"))
                .containsExactly("qal/test", "qal/train", "qen/test", "qir/test");
        assertThat(read(rig, "distill qir seed 3")).containsExactly("qal/dev", "qal/train", "qir/train");
        assertThat(read(rig, "evaluate distill qir seed 3")).containsExactly("qal/test", "qal/train", "qir/test");
        assertThat(read(rig, "selfTrain qir seed 3")).containsExactly("qal/train", "qir/dev");
    }

    @Test
    void the_rounds_of_a_run_read_the_splits_that_it_names_and_no_others() throws Exception {
        String model = "- name: lm\n  encoder:\n" + ENCODER.indent(4) + "  fineTune: {maxUpdates: 2, batchSize: 8}\n";
        StepRig rig = rig(
                "CoTrainingRun",
                "  strategy: {selfTraining: {rounds: 2, confidence: 0.2, poolSplit: dev}}\n  models:\n"
                        + model.indent(4));
        rig.run();

        assertThat(read(rig, "train lm round 1 seed 3")).containsExactly("qal/dev", "qal/train");
        assertThat(read(rig, "evaluate lm round 1 seed 3"))
                .containsExactly("qal/test", "qal/train", "qen/test", "qir/test");
        assertThat(read(rig, "label lm round 1 seed 3")).containsExactly("qen/dev", "qir/dev");
        assertThat(read(rig, "select lm round 1 seed 3")).containsExactly("qal/train", "qen/dev", "qir/dev");
        assertThat(read(rig, "train lm round 2 seed 3"))
                .containsExactly(
                        "qal/dev",
                        "qal/train",
                        "selected/%s.jsonl"
                                .formatted(step(rig, "select lm round 1 seed 3")
                                        .key()
                                        .brief()));
    }

    private StepRig rig(String kind, String rest) {
        return new StepRig(folder, HEAD.replace("KIND", kind) + rest, Map.of());
    }

    private static PlannedStep step(StepRig rig, String title) {
        return rig.plan.steps().stream()
                .filter(step -> step.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> read(StepRig rig, String title) {
        return rig.result(step(rig, title).key()).provenance().data().keySet().stream()
                .map(file -> file.replace("generated/SequenceClassification/", ""))
                .sorted()
                .toList();
    }
}
