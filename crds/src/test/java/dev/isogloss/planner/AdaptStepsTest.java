package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.plan.step.EvaluateStep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Stages that adapt a model to each target language.
class AdaptStepsTest {
    private static final String ADAPTED = Manifests.SMALL + "    - iwda: {}\n";

    private static List<String> titles(String manifest) {
        return Manifests.plan(manifest).steps().stream().map(PlannedStep::title).toList();
    }

    @Test
    void each_target_has_a_model_of_its_own_measured_on_it_and_on_the_source() {
        var plan = Manifests.plan(ADAPTED.replace("seeds: [1, 2]", "seeds: [1]"));

        assertThat(plan.steps())
                .extracting(PlannedStep::title)
                .containsExactly(
                        "fineTune en seed 1",
                        "evaluate fineTune seed 1",
                        "iwda de seed 1",
                        "evaluate iwda de seed 1",
                        "iwda fr seed 1",
                        "evaluate iwda fr seed 1");
        assertThat(plan.steps()).extracting(PlannedStep::target).containsExactly(null, null, "de", "de", "fr", "fr");
        assertThat(((EvaluateStep) plan.steps().get(3).spec()).languages()).containsExactly("de", "en");
        assertThat(plan.steps().get(2).inputs())
                .containsExactly(plan.steps().getFirst().key());
    }

    @Test
    void a_stage_after_that_goes_on_from_each_targets_model() {
        var steps = Manifests.plan(ADAPTED.replace("seeds: [1, 2]", "seeds: [1]") + "    - iwda: {epochs: 1}\n")
                .steps();

        assertThat(steps).extracting(PlannedStep::title).endsWith("iwda-2 fr seed 1", "evaluate iwda-2 fr seed 1");
        assertThat(steps.get(8).inputs()).containsExactly(steps.get(4).key());
    }

    @Test
    void preset_and_task_are_written_out_and_what_is_written_out_is_the_same_work() {
        String spelt = ADAPTED.replace(
                "iwda: {}",
                "iwda: {epochsOf: Source, criticOutput: Single, projection: Euclidean, weightSchedule: Linear, "
                        + "selection: {languages: [en]}}");

        assertThat(titles(spelt)).isEqualTo(titles(ADAPTED));
        assertThat(Manifests.plan(spelt)).isEqualTo(Manifests.plan(ADAPTED));
    }

    @Test
    void the_codes_preset_is_other_work() {
        var step = (AdaptStep) Manifests.plan(ADAPTED.replace("iwda: {}", "iwda: {preset: AuthorsCode}"))
                .steps()
                .get(2)
                .spec();
        Iwda settings = (Iwda) step.settings();

        assertThat(settings.critic().output()).isEqualTo(Iwda.CriticOutput.Difference);
        assertThat(settings.weights().projection()).isEqualTo(Iwda.Projection.Radial);
    }

    @Test
    void what_presets_decide_stands_in_the_step() {
        assertThat(json("iwda: {}"))
                .contains("\"preset\":\"Paper\"")
                .contains("\"criticOutput\":\"Single\"")
                .contains("\"projection\":\"Euclidean\"")
                .contains("\"weightSchedule\":\"Linear\"");
        for (String preset : List.of("AuthorsCode", "AuthorsCodeAsIs"))
            assertThat(json("iwda: {preset: " + preset + "}"))
                    .contains("\"preset\":\"" + preset + "\"")
                    .contains("\"criticOutput\":\"Difference\"")
                    .contains("\"projection\":\"Radial\"")
                    .contains("\"weightSchedule\":\"Constant\"");
        assertThat(json("adversarialAlign: {}"))
                .contains("\"learningRate\":0.000006")
                .contains("\"generatorLearningRate\":6e-8")
                .contains("\"discriminatorLearningRate\":0.00005");
        assertThat(json("selfTrain: {}")).contains("\"rounds\":50");
        assertThat(json("selfTrain: {select: PerClass}")).contains("\"rounds\":6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "distill: {preset: TeacherStudent}|distill: {temperature: 1, sourceWeight: 0, texts: Target,"
                        + " frozenEmbeddings: true}",
                "distill: {}|distill: {preset: SourceAndTarget, temperature: 3.0, sourceWeight: 1e-1, texts:"
                        + " SourceAndTarget, frozenEmbeddings: false}",
                "distill: {preset: TeacherStudent, temperature: 2}|distill: {temperature: 2, sourceWeight: 0, texts:"
                        + " Target, frozenEmbeddings: true}",
                "distill: {texts: Target}|distill: {texts: Target, sourceWeight: 0}",
                "distill: {preset: TeacherStudent}|distill: {temperature: 1, texts: Target, frozenEmbeddings: true}",
                "adversarialAlign: {}|adversarialAlign: {learningRate: 6e-6}",
                "adversarialAlign: {}|adversarialAlign: {learningRate: 6e-6, generatorLearningRate: 6e-8}",
                "selfTrain: {fraction: 0.05}|selfTrain: {fraction: 5e-2, rounds: 20}",
                "iwda: {preset: AuthorsCode}|iwda: {preset: AuthorsCode, criticOutput: Difference, projection: Radial}",
                "iwda: {optimiser: {}}|iwda: {optimiser: {weightDecay: 0.010, schedule: Linear}}",
            })
    void however_the_same_hyperparameters_are_written_they_have_one_key(String one, String other) {
        assertThat(json(other)).isEqualTo(json(one));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "distill: {texts: Target, sourceWeight: 0.1}",
                "distill: {preset: TeacherStudent, sourceWeight: 1}",
                "distill: {preset: TeacherStudent, texts: Target, sourceWeight: 0.5}",
            })
    void the_sources_labels_are_not_weighed_where_its_texts_are_not_read(String stage) {
        assertThatThrownBy(() -> json(stage))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("sourceWeight weighs the source's labels, and only the target's texts are read:"
                        + " write texts: SourceAndTarget, or leave sourceWeight out");
    }

    @Test
    void the_sources_labels_are_weighed_where_its_texts_are_read_whatever_the_preset() {
        assertThat(json("distill: {preset: TeacherStudent, texts: SourceAndTarget, sourceWeight: 0.5}"))
                .contains("\"sourceWeight\":0.5");
        assertThat(json("distill: {preset: TeacherStudent, texts: SourceAndTarget}"))
                .contains("\"sourceWeight\":0,");
    }

    private static String json(String stage) {
        return CanonicalJson.of(Manifests.plan(ADAPTED.replace("iwda: {}", stage))
                .steps()
                .get(2)
                .spec());
    }

    @Test
    void a_step_names_its_method_in_its_json() {
        assertThat(CanonicalJson.of(Manifests.plan(ADAPTED).steps().get(2).spec()))
                .contains("\"kind\":\"Adapt\"")
                .contains("\"settings\":{\"iwda\":{\"alignWarmup\":0.1,");
    }

    @Test
    void how_the_target_is_sampled_is_part_of_the_work() {
        String sampled = ADAPTED.replace(
                "data: {name: toy, ",
                "data: {name: toy, languages: [{language: de, splits: {train: {file: train, prior: {dirichlet:"
                        + " 1}}}}], ");

        assertThat(Manifests.plan(sampled).steps().get(2).key())
                .isNotEqualTo(Manifests.plan(ADAPTED).steps().get(2).key());
        assertThat(Manifests.plan(sampled).steps().getFirst())
                .isEqualTo(Manifests.plan(ADAPTED).steps().getFirst());
    }

    @Test
    void without_targets_there_is_nothing_to_adapt_to() {
        assertThatThrownBy(() -> Manifests.plan(ADAPTED.replace("targets: [de, fr]", "targets: []")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(
                        "a stage with a model for each target language needs some: list them under targets");
    }

    @Test
    void a_stage_that_adapts_needs_a_model_that_knows_the_task() {
        assertThatThrownBy(() -> Manifests.plan(
                        Manifests.SMALL.replace("- fineTune: {epochs: 2}", "- iwda: {}\n    - fineTune: {epochs: 2}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("go on from a model that knows the task: put a fineTune stage before them");
        assertThatThrownBy(() -> Manifests.plan(Manifests.SMALL.replace(
                                "encoder: {location: {uri: \"hf://xlm-roberta-base\"}}",
                                "corpus: {name: c, languages: [fr, en], location: {claim: d}}\n"
                                        + "  encoder: {location: {uri: \"hf://xlm-roberta-base\"}}")
                        + "    - pretrain: {}\n    - iwda: {}\n"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Put a fineTune stage before it, and no pretrain stage in between.");
    }
}
