package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.store.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Language adaptation and sentence encoders on invented data, from manifest to weights.
class LanguageAdaptationTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: &sizes {trainExamples: 60, testExamples: 20, texts: 40, pairs: 30}}}
              corpus: {name: toy, languages: [qal, qen, qir], location: {generated: *sizes}}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 3, batchSize: 8, maxLength: 32}
              source: qal
              targets: [qen, qir]
              seeds: [3]
              stages:
                - STAGE
            """;
    private static final String TRAINING = "epochs: 1, batchSize: 8, learningRate: 1e-3, selection: {keep: Last}";

    @TempDir
    Path folder;

    private int stores;

    private StepRig laboratory(String stage) {
        return new StepRig(folder.resolve("store" + stores++), MANIFEST.replace("STAGE", stage), Map.of());
    }

    private static String adaptation(String alignment) {
        return "languageAdaptation: {fineTune: {%s}, alignment: {%s}}".formatted(TRAINING, alignment);
    }

    /// The weights that a stage ends in.
    private String trained(String stage) throws Exception {
        StepRig lab = laboratory(stage);
        lab.run();
        return weights(lab, lab.plan.steps().get(lab.plan.steps().size() - 2).key());
    }

    private static String weights(StepRig lab, StepKey key) throws IOException {
        return Sha256.read(lab.store.folder(key).model().resolve("model.safetensors"));
    }

    @Test
    void every_setting_of_both_phases_moves_the_result() throws Exception {
        String usual = "translations: 12, label: {weight: 0.5}, semantic: {epochs: 1, learningRate: 1e-3}";
        List<String> results = new ArrayList<>();
        for (String alignment : List.of(
                usual,
                usual.replace("12", "9"),
                "languages: [qen], " + usual,
                usual.replace("weight: 0.5", "weight: 0.6"),
                usual.replace("weight: 0.5", "temperature: 0.5"),
                usual.replace("weight: 0.5", "texts: Labelled"),
                usual.replace("weight: 0.5", "texts: Translations"),
                usual.replace("weight: 0.5", "texts: Nothing"),
                usual.replace("epochs: 1", "epochs: 2"),
                usual.replace("epochs: 1", "epochs: 0"),
                usual.replace("learningRate: 1e-3", "learningRate: 2e-3"),
                usual.replace("epochs: 1", "epochs: 1, weight: 0.7"),
                usual.replace("epochs: 1", "epochs: 1, temperature: 0.7"),
                usual.replace("epochs: 1", "epochs: 1, textsPerUpdate: 2")))
            results.add(trained(adaptation(alignment)));

        assertThat(results).doesNotHaveDuplicates();
    }

    @Test
    void without_alignment_it_is_the_cross_entropy_over_texts_and_translations_bit_for_bit() throws Exception {
        String none = trained(adaptation("translations: 12, label: {texts: Nothing}, semantic: {epochs: 0}"));
        String zero = trained(adaptation("translations: 12, label: {weight: 0}, semantic: {epochs: 0}"));

        assertThat(zero).isEqualTo(none);
    }

    @Test
    void stopped_at_every_update_both_phases_and_the_ranking_end_in_the_same_bits() throws Exception {
        String stage = adaptation("translations: 10, semantic: {textsPerUpdate: 3}");
        String manifest = MANIFEST.replace("STAGE", stage)
                .replace("pretrain: {", "rankTranslations: {batchSize: 16, maxLength: 32}\n      pretrain: {");
        StepRig whole = new StepRig(folder.resolve("whole"), manifest, Map.of());
        whole.run();
        StepRig stopped = new StepRig(folder.resolve("stopped"), manifest, Map.of());

        for (int stops = 0; !isDone(stopped); stops++) {
            if (stops > 60) {
                stopped.run(); // evaluation has nothing to save
                break;
            }
            Throwable end = catchThrowable(() -> stopped.run(() -> true, () -> {}));
            if (end != null) assertThat(end).isInstanceOf(Stopped.class);
        }

        List<PlannedStep> trainings =
                whole.plan.steps().subList(0, whole.plan.steps().size() - 1);
        assertThat(trainings)
                .extracting(PlannedStep::title)
                .containsExactly(
                        "pretrain a Tiny Bert",
                        "rank translations by a Tiny Bert",
                        "languageAdaptation seed 3",
                        "align languageAdaptation seed 3");
        for (PlannedStep step : trainings)
            assertThat(weights(stopped, step.key())).isEqualTo(weights(whole, step.key()));
    }

    @Test
    void what_was_learnt_from_is_counted() throws Exception {
        StepRig lab = laboratory(adaptation("translations: 10"));
        lab.run();

        var align = lab.store.result(lab.plan.steps().get(2).key()).orElseThrow();
        var train = lab.store.result(lab.plan.steps().get(1).key()).orElseThrow();
        assertThat(train.facts()).containsEntry("sequences", 60.0 + 20);
        assertThat(align.facts()).containsEntry("translatedTexts", 10.0).containsEntry("translations", 20.0);
    }

    @Test
    void it_is_refused_where_it_does_not_fit() {
        assertThatThrownBy(() -> new StepRig(
                        folder,
                        MANIFEST.replace("STAGE", adaptation(""))
                                .replace("SequenceClassification", "NamedEntityRecognition"),
                        Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("languageAdaptation compares whole texts by their classes");
    }

    private static boolean isDone(StepRig laboratory) {
        return laboratory.plan.steps().stream().allMatch(step -> laboratory.store.isDone(step.key()));
    }
}
