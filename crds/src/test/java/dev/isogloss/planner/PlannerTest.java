package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.TrainStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

    @Test
    void each_seed_trains_once_and_is_measured_once_on_all_languages() {
        var plan = Manifests.plan(Manifests.SMALL);

        assertThat(plan.steps())
                .extracting(PlannedStep::title)
                .containsExactly(
                        "fineTune en seed 1",
                        "evaluate fineTune seed 1",
                        "fineTune en seed 2",
                        "evaluate fineTune seed 2");
        assertThat(((EvaluateStep) plan.steps().get(1).spec()).languages()).containsExactly("de", "en", "fr");
    }

    @Test
    void an_hf_encoder_is_named_after_its_repository_and_revision() {
        var train =
                (TrainStep) Manifests.plan(Manifests.SMALL).steps().getFirst().spec();

        assertThat(train.encoder()).isEqualTo(new EncoderOrigin.Published("xlm-roberta-base", "main"));
    }

    @Test
    void an_encoder_made_here_is_made_once_for_all_seeds() {
        var plan = Manifests.plan(Manifests.SMALL.replace(
                "encoder: {location: {uri: \"hf://xlm-roberta-base\"}}",
                "corpus: {name: c, languages: [fr, en], location: {claim: d}}\n  encoder: {fromPretraining: {}}"));

        assertThat(plan.steps()).hasSize(5);
        assertThat(plan.steps().getFirst().spec()).isInstanceOfSatisfying(PretrainStep.class, step -> {
            assertThat(step.settings().languages()).containsExactly("en", "fr");
            assertThat(step.settings().pairFraction()).isZero();
            assertThat(step.settings().optimiser().clipNorm()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"8000, 2", "65536, 2", "65537, 3"})
    void a_vocabulary_whose_losses_are_added_up_in_parts_has_a_revision_of_its_own(int pieces, int revision) {
        var plan = Manifests.plan(Manifests.SMALL.replace(
                "encoder: {location: {uri: \"hf://xlm-roberta-base\"}}",
                "corpus: {name: c, languages: [fr, en], location: {claim: d}}\n"
                        + "  encoder: {fromPretraining: {tokenizer: {vocabularySize: %d}}}".formatted(pieces)));

        assertThat(plan.steps().getFirst().spec().revision()).isEqualTo(revision);
    }
}
