package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.trainer.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The labels that a target's file has are not learnt from: whatever they are, weights and predictions are the same.
class UnseenLabelsTest {
    private static final String ENCODER = """
            maxLength: 32
            fromPretraining:
              architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 2}
              tokenizer: {vocabularySize: 300}
              pretrain: {maxUpdates: 4, batchSize: 8, maxLength: 32, pairFraction: 0}
            """;
    private static final String HEAD = """
            apiVersion: isogloss.dev/v1alpha1
            kind: KIND
            metadata: {name: unseen}
            spec:
              task: {type: SequenceClassification}
              data: {name: files, location: {claim: data, path: "{language}/{split}.jsonl"}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: {trainExamples: 40, testExamples: 20, texts: 40, pairs: 20}}}
              source: qal
              targets: [qen]
              seeds: [3]
            """;

    @TempDir
    Path folder;

    private interface Labels extends IntFunction<@Nullable String> {}

    private static final Labels TRUE = i -> i % 3 == 0 ? "a" : "b";
    private static final Labels OTHERS = i -> i % 3 == 0 ? "b" : "a";
    private static final Labels NONE = i -> null;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iwda: {epochs: 1, criticWidth: 16, learningRate: 1e-3, lambdaAlign: 1}",
                "iwda: {epochs: 1, criticWidth: 16, learningRate: 1e-3, importanceWeights: Uniform}",
                "distill: {epochs: 1, frozenLayers: 1, learningRate: 1e-3}",
                "distill: {epochs: 1, frozenLayers: 1, learningRate: 1e-3, texts: Target}",
                "selfTrain: {fraction: 0.4, batchSize: 8, learningRate: 1e-3}",
                "selfTrain: {rounds: 1, batchSize: 8, learningRate: 1e-3, select: PerClass, perClass: 4}",
                "adversarialAlign: {epochs: 1, learningRate: 1e-3, generatorLearningRate: 1e-3}",
            })
    void a_stage_that_adapts_gives_the_same_bits_whatever_the_labels_of_its_target_are(String stage) throws Exception {
        String manifest = experiment(stage);

        Map<String, String> made = made(manifest, "true", TRUE);

        assertThat(made.keySet()).anyMatch(file -> file.endsWith("predictions/qen-test.jsonl"));
        assertThat(made(manifest, "others", OTHERS)).isEqualTo(made);
        assertThat(made(manifest, "none", NONE)).isEqualTo(made);
    }

    /// Oracle weights read the labels of the target on purpose.
    @Test
    void oracle_weights_alone_are_made_of_the_targets_labels() throws Exception {
        String manifest = experiment(
                "iwda: {epochs: 1, criticWidth: 16, learningRate: 1e-3, lambdaAlign: 1, importanceWeights: Oracle}");

        assertThat(made(manifest, "others", OTHERS)).isNotEqualTo(made(manifest, "true", TRUE));
    }

    @Test
    void models_that_label_a_pool_give_the_same_bits_whatever_its_labels_are() throws Exception {
        String model = "- name: NAME\n  encoder:\n" + ENCODER.indent(4)
                + "  fineTune: {epochs: 2, batchSize: 8, learningRate: 1e-3}\n";
        String manifest = HEAD.replace("KIND", "CoTrainingRun")
                + "  strategy: {coTraining: {rounds: 2, confidence: 0.2}}\n"
                + "  models:\n"
                + (model.replace("NAME", "lm") + model.replace("NAME", "emb").replace("hidden: 32", "hidden: 16"))
                        .indent(4);

        Map<String, String> made = made(manifest, "true", TRUE);

        assertThat(made(manifest, "others", OTHERS)).isEqualTo(made);
        assertThat(made(manifest, "none", NONE)).isEqualTo(made);
    }

    private static String experiment(String stage) {
        return HEAD.replace("KIND", "TransferExperiment")
                + "  encoder:\n"
                + ENCODER.indent(4)
                + "  stages:\n"
                + "    - fineTune: {epochs: 1, batchSize: 8, learningRate: 1e-3, selection: {keep: Last}}\n"
                + "    - " + stage + "\n"
                + "  evaluate: {splits: [test]}\n";
    }

    /// SHA-256 of every model, and of every prediction on a split that is scored.
    private Map<String, String> made(String manifest, String name, Labels ofTarget) throws Exception {
        Path data = folder.resolve(name);
        for (String split : List.of("train", "dev", "test")) {
            write(data.resolve("qal/%s.jsonl".formatted(split)), split, TRUE);
            write(data.resolve("qen/%s.jsonl".formatted(split)), split, split.equals("train") ? ofTarget : TRUE);
        }
        StepRig lab = new StepRig(folder.resolve("store of " + name), manifest, Map.of("data", data));
        lab.run();
        Map<String, String> made = new TreeMap<>();
        for (PlannedStep step : lab.plan.steps()) {
            Path of = lab.store.folder(step.key()).path();
            for (String file : List.of("model/model.safetensors", "predictions/qen-test.jsonl"))
                if (Files.exists(of.resolve(file)))
                    made.put(step.title() + " " + step.key().brief() + "/" + file, Sha256.of(of.resolve(file)));
        }
        return made;
    }

    private static void write(Path file, String split, Labels labels) throws IOException {
        Files.createDirectories(file.getParent());
        RandomStream random = RandomStream.of(1, "words " + split);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String label = labels.apply(i);
            String text = TRUE.apply(i) + " word" + random.nextInt(9) + " word" + random.nextInt(9);
            lines.append("{\"id\": \"%s-%d\", \"text\": \"%s\"%s}%n"
                    .formatted(split, i, text, label == null ? "" : ", \"label\": \"" + label + "\""));
        }
        Files.writeString(file, lines);
    }
}
