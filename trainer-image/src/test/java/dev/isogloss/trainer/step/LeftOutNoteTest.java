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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever selects labels of a model that is sure of one class alone is told what those who learn from them will miss.
class LeftOutNoteTest {
    private static final int EXAMPLES = 90;

    @TempDir
    Path folder;

    private StepRig finished(int models, String strategy) throws Exception {
        StepRig rig = new RunFixture("SequenceClassification", EXAMPLES, RunFixture.models(models), "qen", strategy, "")
                .rig(folder.resolve("store"));
        rig.run();
        rig.notes.clear();
        return rig;
    }

    private static List<PlannedStep> steps(StepRig rig, Class<? extends StepSpec> kind) {
        return rig.plan.steps().stream()
                .filter(step -> kind.isInstance(step.spec()))
                .toList();
    }

    /// Every other text is of one class, for which the model is this sure, every other of another.
    private static void give(StepRig rig, StepKey predictions, float one, float other) throws IOException {
        Path folder = rig.store.predictions(predictions);
        List<String> labels = Predictions.labels(folder);
        List<Prediction> given = new ArrayList<>();
        for (Prediction before : Predictions.read(folder, "qen", "train")) {
            int of = given.size() % 2;
            float[] probabilities = new float[labels.size()];
            probabilities[of] = of == 0 ? one : other;
            probabilities[2] = 1 - probabilities[of];
            String predicted = labels.get(Prediction.argmax(probabilities));
            given.add(new Prediction(before.id(), before.gold(), List.of(predicted), new float[][] {probabilities}));
        }
        assertThat(given).hasSize(EXAMPLES);
        Predictions.write(folder, "qen", "train", given);
    }

    @Test
    void by_a_threshold_the_class_that_the_model_is_not_sure_of_is_named() throws Exception {
        StepRig rig = finished(1, "{selfTraining: {rounds: 2, confidence: 0.8}}");
        PlannedStep selection = steps(rig, SelectPseudoLabelsStep.class).getFirst();
        give(rig, ((SelectPseudoLabelsStep) selection.spec()).predictions(), 0.95f, 0.6f);

        rig.runOnly(selection);

        assertThat(rig.notes).anySatisfy(note -> assertThat(note)
                .startsWith("All but missing from the labels handed on: 1 of 2 classes, ")
                .contains("(0; an even draw of the pool would hold 15)")
                .endsWith(": lower the strategy's confidence."));
    }

    @Test
    void what_a_round_hands_on_of_the_class_that_the_round_before_left_out_makes_up_for_it() throws Exception {
        StepRig rig = finished(1, "{selfTraining: {rounds: 3, confidence: 0.8}}");
        List<PlannedStep> selections = steps(rig, SelectPseudoLabelsStep.class);
        give(rig, ((SelectPseudoLabelsStep) selections.getFirst().spec()).predictions(), 0.95f, 0.6f);
        give(rig, ((SelectPseudoLabelsStep) selections.getLast().spec()).predictions(), 0.6f, 0.95f);

        rig.runOnly(selections.getFirst());
        rig.notes.clear();
        rig.runOnly(selections.getLast());

        assertThat(rig.notes)
                .anySatisfy(note -> assertThat(note).endsWith(" handed on"))
                .noneSatisfy(note -> assertThat(note).startsWith("All but missing"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "distillation: {fraction: [0.5]} | raise distillation.fraction of this round, or set agreement: Union.",
                "distillation: {fraction: [0.5]}, agreement: Union | raise distillation.fraction of this round.",
                "distillation: {by: Mixture} | lower distillation.posterior, or set agreement: Union."
            })
    void by_tri_training_with_what_would_trust_more(String settings, String advice) throws Exception {
        StepRig rig = finished(3, "{triTraining: {rounds: 1, %s}}".formatted(settings));
        PlannedStep agreement = steps(rig, AgreeStep.class).getFirst();
        for (StepKey predictions : ((AgreeStep) agreement.spec()).predictions()) give(rig, predictions, 0.95f, 0.6f);

        rig.runOnly(agreement);

        assertThat(rig.notes).anySatisfy(note -> assertThat(note)
                .startsWith("All but missing from the labels handed on: 1 of 2 classes, ")
                .endsWith(": " + advice));
    }

    @Test
    void by_tri_training_that_trusts_everything_no_setting_is_blamed() throws Exception {
        StepRig rig = finished(3, "{triTraining: {rounds: 1, distillation: {fraction: [1]}}}");
        PlannedStep agreement = steps(rig, AgreeStep.class).getFirst();
        List<StepKey> predictions = ((AgreeStep) agreement.spec()).predictions();
        give(rig, predictions.getFirst(), 0.95f, 0.6f);
        give(rig, predictions.getLast(), 0.95f, 0.3f); // of the second class less than of a third, which it then says

        rig.runOnly(agreement);

        assertThat(rig.notes).anySatisfy(note -> assertThat(note).endsWith(": the two models do not agree on them."));
    }
}
