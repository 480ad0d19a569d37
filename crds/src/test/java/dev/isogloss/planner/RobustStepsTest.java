package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.TrainStep;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stages that train robustly.
class RobustStepsTest {

    private static String manifest(String stage) {
        return Manifests.withPairs(Manifests.SMALL).replace("fineTune: {epochs: 2}", stage);
    }

    private static TrainStep step(String stage) {
        return (TrainStep) Manifests.plan(manifest(stage)).steps().getFirst().spec();
    }

    private static String json(String stage) {
        return CanonicalJson.of(step(stage));
    }

    @Test
    void a_stage_is_one_training_which_starts_from_the_encoder_or_goes_on_from_the_model_before() {
        List<PlannedStep> steps = Manifests.plan(
                        manifest("ear: {}\n    - adversarialTraining: {}").replace("seeds: [1, 2]", "seeds: [1]"))
                .steps();

        assertThat(steps)
                .extracting(PlannedStep::title)
                .containsExactly(
                        "ear seed 1",
                        "evaluate ear seed 1",
                        "adversarialTraining seed 1",
                        "evaluate adversarialTraining seed 1");
        assertThat(((TrainStep) steps.getFirst().spec()).encoder()).isInstanceOf(EncoderOrigin.Published.class);
        assertThat(steps.get(2).spec().startsFrom()).contains(steps.getFirst().key());
    }

    @Test
    void a_model_for_each_target_is_made_where_the_training_asks_for_it() {
        assertThat(Manifests.plan(
                                manifest("ear: {fineTune: {learnFrom: Target}}").replace("seeds: [1, 2]", "seeds: [1]"))
                        .steps())
                .extracting(PlannedStep::title)
                .contains("ear de seed 1", "ear fr seed 1");
    }

    @Test
    void the_training_stands_beside_and_the_dictionary_is_read_by_name_and_version() {
        TrainStep ear = step("ear: {fineTune: {batchSize: 5}}");

        assertThat(ear.settings().batchSize()).isEqualTo(5);
        assertThat(ear.settings().learningRate()).isEqualTo(2e-5);
        assertThat(Objects.requireNonNull(ear.robust()).settings().fineTune()).isNull();
        assertThat(ear.reads()).contains(new Input.Dictionary(new DictionaryIdentity("w", "1")));
        for (String stage : List.of(
                "ear: {copies: 0, push: Nothing, pull: Nothing}", "randomizedSmoothing: {}", "adversarialTraining: {}"))
            assertThat(step(stage).reads()).noneMatch(Input.Dictionary.class::isInstance);
        assertThat(json("fineTune: {}")).doesNotContain("robust");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ear: {}|ear: {preset: Paper, pushWeight: 1, pullWeight: 0.1, cells: Tokens, layer: 6, noise: 0.1}",
                "ear: {preset: AuthorsCode}|ear: {pushWeight: 0.1, pullWeight: 1, cells: Padded}",
                "ear: {push: Nothing}|ear: {pushWeight: 0}",
                "ear: {push: Noise}|ear: {push: Noise, pushWeight: 3, preset: Paper}",
                "ear: {}|ear: {noise: 7}",
                "ear: {pull: Nothing}|ear: {pullWeight: 0, layer: 3, cells: Padded}",
                "ear: {pull: Sentence}|ear: {pull: Sentence, cells: Padded}",
                "ear: {push: Nothing, pull: Nothing}|ear: {pushWeight: 0, pullWeight: 0, layer: 2, reduction: Sum}",
                "ear: {copies: 0, push: Nothing, pull: Nothing}|ear: {copies: 0, push: Noise, pushWeight: 0,"
                        + " pullWeight: 0, dictionaryScale: 0.5}",
                "ear: {}|ear: {dictionarySeed: 4}",
                "randomizedSmoothing: {}|randomizedSmoothing: {noise: 0.1, copies: 9, dictionaryScale: 0.5,"
                        + " dictionarySeed: 3}",
                "randomizedSmoothing: {perturb: Synonyms}|randomizedSmoothing: {perturb: Synonyms, noise: 4,"
                        + " distribution: Ball, copies: 3, dictionarySeed: 8}",
                "adversarialTraining: {}|adversarialTraining: {radius: 0.3, steps: 2, stepSize: 0.225}",
                "adversarialTraining: {radius: 0}|adversarialTraining: {radius: 0, steps: 2}",
            })
    void however_the_same_work_is_written_it_has_one_key(String one, String other) {
        assertThat(json(other)).isEqualTo(json(one));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ear: {copies: 0}|copies: 0 leaves nothing to push or pull",
                "ear: {copies: 0, push: Nothing}|copies: 0 leaves nothing to push or pull",
                "randomizedSmoothing: {perturb: Synonyms, copies: 0}|perturb: Synonyms learns from copies",
                "adversarialTraining: {perturb: WordTable}|perturb: WordTable takes one step: write steps: 1",
                "adversarialTraining: {perturb: WordTable, steps: 1, stepSize: 1}|perturb: WordTable takes one step of"
                        + " length radius: leave stepSize out",
            })
    void what_cannot_be_is_told_with_what_to_write_instead(String stage, String message) {
        assertThatThrownBy(() -> step(stage)).isInstanceOf(InvalidInput.class).hasMessageContaining(message);
    }

    @Test
    void what_replaces_words_needs_a_dictionary() {
        for (String stage : List.of("ear: {}", "randomizedSmoothing: {perturb: Synonyms}"))
            assertThatThrownBy(() -> Manifests.plan(Manifests.SMALL.replace("fineTune: {epochs: 2}", stage)), stage)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("declare where the words and their neighbours lie, as spec.dictionary");
    }
}
