package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.step.measure.EnsembleRunner;
import dev.isogloss.trainer.task.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleTest {
    private static final LabelSet LABELS = new LabelSet(List.of("a", "b"));

    private static Prediction prediction(float... probabilities) {
        return new Prediction(
                "x", List.of("a"), List.of(probabilities[0] > probabilities[1] ? "a" : "b"), new float[][] {
                    probabilities
                });
    }

    @Test
    void the_mean_of_the_probabilities_decides_and_not_the_majority() {
        Prediction mean = EnsembleRunner.mean(
                List.of(prediction(0.9f, 0.1f), prediction(0.45f, 0.55f), prediction(0.45f, 0.55f)), LABELS);

        assertThat(mean.predicted()).containsExactly("a");
        assertThat(mean.probabilities()[0][0]).isCloseTo(0.6f, within(1e-6f));
    }

    @Test
    void the_models_of_all_seeds_are_scored_as_one(@TempDir Path folder) throws Exception {
        StepRig laboratory = new StepRig(folder, """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: ensemble}
            spec:
              task: {type: NamedEntityRecognition}
              data: {name: toy, location: {generated: &sizes {trainExamples: 40, testExamples: 20, texts: 40, pairs: 20}}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 3, batchSize: 8, maxLength: 32}
              source: qal
              targets: [qen]
              seeds: [1, 2]
              stages: [{fineTune: {maxUpdates: 5, batchSize: 8, learningRate: 1e-3}}]
              evaluate: {ensemble: true}
            """, Map.of());
        laboratory.run();

        PlannedStep last = laboratory.plan.steps().getLast();
        assertThat(last.spec()).isInstanceOf(EnsembleStep.class);
        assertThat(last.title()).isEqualTo("ensemble of fineTune");
        assertThat(laboratory.store.result(last.key()).orElseThrow().scores())
                .extracting(score -> score.language() + " " + score.metric())
                .contains("qal SpanF1", "qen SpanF1", "qen Accuracy");
    }
}
