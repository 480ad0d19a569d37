package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.task.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever selects labels of a model that is sure of one class alone is told what those who learn from them will miss.
class LeftOutNoteTest {
    private static final String MODEL = """
            - name: NAME
              seed: SEED
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 16, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 250}
                  pretrain: {maxUpdates: 2, batchSize: 8, maxLength: 32}
              fineTune: {maxUpdates: 2, batchSize: 8, learningRate: 1e-3}
            """;

    @TempDir
    Path folder;

    private StepRig finished(int models, String strategy) throws Exception {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < models; i++)
            all.append(MODEL.replace("NAME", "m" + i).replace("SEED", Integer.toString(10 * i)));
        StepRig rig = new RunFixture("SequenceClassification", 60, all.toString(), "qen", strategy, "")
                .rig(folder.resolve("store"));
        rig.run();
        rig.notes.clear();
        return rig;
    }

    private static PlannedStep first(StepRig rig, Class<? extends StepSpec> kind) {
        return rig.plan.steps().stream()
                .filter(step -> kind.isInstance(step.spec()))
                .findFirst()
                .orElseThrow();
    }

    /// Every other text is of the first class for sure, every other of the second, and the model doubts it.
    private static void sureOfOneClass(StepRig rig, StepKey predictions) throws IOException {
        Path folder = rig.store.predictions(predictions);
        List<String> labels = Predictions.labels(folder);
        List<Prediction> given = new ArrayList<>();
        for (Prediction before : Predictions.read(folder, "qen", "train")) {
            int of = given.size() % 2;
            float[] probabilities = new float[labels.size()];
            probabilities[of] = of == 0 ? 0.95f : 0.6f;
            probabilities[2] = 1 - probabilities[of];
            given.add(
                    new Prediction(before.id(), before.gold(), List.of(labels.get(of)), new float[][] {probabilities}));
        }
        assertThat(given).hasSize(60);
        Predictions.write(folder, "qen", "train", given);
    }

    @Test
    void by_a_strategy_with_a_threshold() throws Exception {
        StepRig rig = finished(1, "{selfTraining: {rounds: 2, confidence: 0.8}}");
        PlannedStep selection = first(rig, SelectPseudoLabelsStep.class);
        sureOfOneClass(rig, ((SelectPseudoLabelsStep) selection.spec()).predictions());

        rig.runOnly(selection);

        assertThat(rig.notes).anySatisfy(note -> assertThat(note)
                .startsWith("1 of 2 classes are all but missing from the labels handed on:")
                .contains("(0; an even draw of the pool would hold 10)")
                .endsWith(": lower the strategy's confidence, or train longer, so that it is sure of more."));
    }

    @Test
    void by_tri_training_that_takes_the_surest() throws Exception {
        StepRig rig = finished(3, "{triTraining: {rounds: 1, distillation: {fraction: [0.5]}}}");
        PlannedStep agreement = first(rig, AgreeStep.class);
        for (StepKey predictions : ((AgreeStep) agreement.spec()).predictions()) sureOfOneClass(rig, predictions);

        rig.runOnly(agreement);

        assertThat(rig.notes).anySatisfy(note -> assertThat(note)
                .startsWith("1 of 2 classes are all but missing from the labels handed on:")
                .contains("(0; an even draw of the pool would hold 15)")
                .endsWith(": raise distillation.fraction of this round."));
    }
}
