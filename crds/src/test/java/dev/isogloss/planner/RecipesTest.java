package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.TrainStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What adapted models are compared with, and what is done with all of them.
class RecipesTest {
    private static final String ONE_SEED = Manifests.SMALL.replace("seeds: [1, 2]", "seeds: [1]");

    @Test
    void supervised_is_a_model_for_each_target_on_its_own_labels() {
        var steps = Manifests.plan(ONE_SEED.replace("epochs: 2", "epochs: 2, learnFrom: Target"))
                .steps();

        assertThat(steps)
                .extracting(PlannedStep::title)
                .containsExactly(
                        "fineTune de de seed 1",
                        "evaluate fineTune de seed 1",
                        "fineTune fr fr seed 1",
                        "evaluate fineTune fr seed 1");
        assertThat(((TrainStep) steps.getFirst().spec()).settings().languages()).containsExactly("de");
    }

    @Test
    void bilingual_is_the_same_work_as_naming_both_languages() {
        var both = Manifests.plan(ONE_SEED.replace("epochs: 2", "epochs: 2, learnFrom: SourceAndTarget"));
        var named = Manifests.plan(ONE_SEED.replace("epochs: 2", "epochs: 2, languages: [de, en]"));

        assertThat(both.steps().getFirst().key())
                .isEqualTo(named.steps().getFirst().key());
    }

    @Test
    void an_ensemble_joins_the_seeds_of_a_stage() {
        var plan = Manifests.plan(Manifests.SMALL + "    - iwda: {}\n  evaluate: {ensemble: true}\n");

        assertThat(plan.steps())
                .filteredOn(step -> step.spec() instanceof EnsembleStep)
                .extracting(step -> step.title() + ", " + step.stage() + ", "
                        + step.inputs().size())
                .containsExactly(
                        "ensemble of fineTune, fineTune-ensemble, 2",
                        "ensemble of iwda de, iwda-ensemble, 2",
                        "ensemble of iwda fr, iwda-ensemble, 2");
    }

    @Test
    void an_analysis_looks_at_all_models_of_its_seed() {
        var plan = Manifests.plan(Manifests.SMALL + "    - iwda: {}\n    - analyse: {}\n");
        var analysis = (AnalyseStep) plan.steps().stream()
                .filter(step -> step.spec() instanceof AnalyseStep)
                .findFirst()
                .orElseThrow()
                .spec();

        assertThat(analysis.models())
                .extracting(studied -> studied.stage() + studied.languages())
                .containsExactly("fineTune[de, fr]", "iwda[de]", "iwda[fr]");
        assertThat(analysis.splits()).containsExactly("test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adversarialAlign: {reads: Words}|adversarialAlign.reads: Words is for tasks that label words; write"
                        + " Sentences",
                "fineTune: {languages: [de], learnFrom: Target}|languages and learnFrom exclude each other",
            })
    void what_does_not_fit_is_refused_in_a_sentence(String stage, String sentence) {
        assertThatThrownBy(() -> Manifests.plan(Manifests.SMALL + "    - " + stage + "\n"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void parsing_has_no_classes_to_align() {
        assertThatThrownBy(() -> Manifests.plan(
                        Manifests.SMALL.replace("SequenceClassification", "DependencyParsing") + "    - iwda: {}\n"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("they do not fit DependencyParsing");
    }

    @Test
    void texts_have_no_o_to_count() {
        assertThatThrownBy(() -> Manifests.plan(Manifests.SMALL.replace(
                        "data: {name: toy, ", "data: {name: toy, splits: {train: {file: train, minOFraction: 0.5}}, ")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(
                        "minOFraction counts words that are tagged O, and SequenceClassification has none");
    }

    @Test
    void labels_of_words_are_not_selected_by_class() {
        assertThatThrownBy(
                        () -> Manifests.plan(Manifests.SMALL.replace("SequenceClassification", "NamedEntityRecognition")
                                + "    - selfTrain: {select: PerClass}\n"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("selfTrain.select: PerClass is for tasks that label texts");
    }
}
