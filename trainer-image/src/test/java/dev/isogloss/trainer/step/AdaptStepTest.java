package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.json.Sha256;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Stages that adapt, from manifest to weights: what a step and not a method decides. All share one store, so that
/// encoder and fine-tuning are made once a test.
class AdaptStepTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: adapt}
            spec:
              task: {type: TASK}
              data: {name: toy, location: {generated: &sizes {trainExamples: 40, testExamples: 20, texts: 40, pairs: 20}}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 2}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 4, batchSize: 8, maxLength: 32, pairFraction: 0}
              source: qal
              targets: [qen]
              seeds: [3]
              stages:
                - fineTune: {epochs: 1, batchSize: 8, learningRate: 1e-3, selection: {keep: Last}}
                - STAGE
              evaluate: {splits: [test]}
            """;

    @TempDir
    Path folder;

    private StepRig laboratory(String task, String stage) {
        return new StepRig(
                folder.resolve("store"), MANIFEST.replace("TASK", task).replace("STAGE", stage), Map.of());
    }

    private static PlannedStep adapt(StepRig lab) {
        return lab.plan.steps().stream()
                .filter(step -> step.spec() instanceof AdaptStep)
                .findFirst()
                .orElseThrow();
    }

    private String weights(String task, String stage) throws Exception {
        StepRig lab = laboratory(task, stage);
        lab.run();
        return Sha256.of(lab.store.folder(adapt(lab).key()).model().resolve("model.safetensors"));
    }

    private StepResult result(String stage) throws Exception {
        StepRig lab = laboratory("SequenceClassification", stage);
        lab.run();
        return lab.store.result(adapt(lab).key()).orElseThrow();
    }

    static Stream<String> methods() {
        return Stream.of(TargetAdaptation.class.getPermittedSubclasses())
                .map(method -> SettingsReader.of(method.asSubclass(TargetAdaptation.class), "{}")
                        .method());
    }

    private static String stage(String method, String... settings) {
        String usual =
                switch (method) {
                    case "iwda" -> "epochs: 1, criticWidth: 16, learningRate: 1e-3, lambdaAlign: 1";
                    case "distill" -> "epochs: 1, frozenLayers: 1, learningRate: 1e-3";
                    case "selfTrain" -> "fraction: 0.4, batchSize: 8, learningRate: 1e-3";
                    case "adversarialAlign" -> "epochs: 1, learningRate: 1e-3, generatorLearningRate: 1e-3";
                    default -> throw new IllegalArgumentException("no small settings for " + method);
                };
        List<String> all = new ArrayList<>(List.of(usual));
        all.addAll(List.of(settings));
        return method + ": {" + String.join(", ", all) + "}";
    }

    @ParameterizedTest
    @MethodSource("methods")
    void the_split_of_the_target_moves_the_result(String method) throws Exception {
        assertThat(weights("SequenceClassification", stage(method, "unlabelledSplit: dev")))
                .isNotEqualTo(weights("SequenceClassification", stage(method)));
    }

    @ParameterizedTest
    @CsvSource({
        "distill, texts: Target",
        "selfTrain, restart: true",
        "adversarialAlign, frozenTaskLayers: 1",
        "iwda, importanceWeights: Oracle"
    })
    void what_only_a_whole_step_reads_moves_its_result(String method, String setting) throws Exception {
        assertThat(weights("SequenceClassification", stage(method, setting)))
                .isNotEqualTo(weights("SequenceClassification", stage(method)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void checkpoints_are_scored_as_often_as_is_asked_for(String method) throws Exception {
        StepRig lab = laboratory(
                "SequenceClassification",
                stage(method, "evaluateEvery: 2, selection: {keep: Best, languages: [qal, qen]}"));
        lab.run();

        StepResult result = lab.store.result(adapt(lab).key()).orElseThrow();
        double updates = result.facts().get(Fact.Updates).orElse(0);
        assertThat(scored(lab)).hasSize((int) Math.ceil(updates / 2));
        assertThat(result.facts().get(Fact.SelectionScore)).isPresent();
        assertThat(result.facts().get(Fact.KeptUpdate).orElseThrow()).isLessThanOrEqualTo(updates);
        assertThat(result("%s".formatted(stage(method))).facts().get(Fact.SelectionScore))
                .isEmpty();
    }

    private static List<String> scored(StepRig lab) throws IOException {
        return Files.readAllLines(lab.store.folder(adapt(lab).key()).curve()).stream()
                .filter(line -> line.contains("Accuracy"))
                .toList();
    }

    @Test
    void a_result_says_what_shifted_and_how_much_of_it_was_corrected() throws Exception {
        Facts facts = result(stage("iwda")).facts();
        Map<String, Double> priors = facts.details(Fact.Prior);

        assertThat(facts.byName()).containsKeys("priorShift", "priorShiftLeft");
        double weighted = facts.details(Fact.Weight).entrySet().stream()
                .mapToDouble(weight -> weight.getValue() * priors.getOrDefault("source." + weight.getKey(), 0.0))
                .sum();
        assertThat(weighted).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(result(stage("selfTrain")).facts().byName()).containsKeys("pseudoLabelled", "pseudoLabelAccuracy");
    }

    @ParameterizedTest
    @CsvSource({
        "distill, frozenLayers: 2, distill.frozenLayers is 2",
        "adversarialAlign, frozenTaskLayers: 5, adversarialAlign.frozenTaskLayers is 5"
    })
    void freezing_the_whole_encoder_is_refused(String method, String setting, String sentence) {
        String frozen = stage(method, setting).replace("frozenLayers: 1, ", "");

        assertThatThrownBy(() -> laboratory("SequenceClassification", frozen).run())
                .isInstanceOf(InvalidInput.class)
                .hasMessage(sentence + ", and the encoder has 2 layers: none of them would learn. Write at most 1.");
    }

    @ParameterizedTest
    @MethodSource("methods")
    void words_adapt_too(String method) throws Exception {
        assertThat(weights("NamedEntityRecognition", stage(method))).hasSize(64);
    }
}
