package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.ProjectStep.ProjectedEncoder;
import dev.isogloss.plan.step.StepKey;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stages that show models in the plane.
class ProjectStepsTest {

    private static List<PlannedStep> steps(String stages) {
        return Manifests.plan(Manifests.withPairs(Manifests.SMALL)
                        .replace("    - fineTune: {epochs: 2}\n", stages)
                        .replace("seeds: [1, 2]", "seeds: [1]"))
                .steps();
    }

    private static PlannedStep planned(String stages) {
        return steps(stages).stream()
                .filter(step -> step.spec() instanceof ProjectStep)
                .findFirst()
                .orElseThrow();
    }

    private static ProjectStep projected(String settings) {
        return (ProjectStep)
                planned("    - fineTune: {}\n    - project: " + settings + "\n").spec();
    }

    private static StepKey key(String settings) {
        return planned("    - fineTune: {}\n    - project: " + settings + "\n").key();
    }

    @Test
    void a_map_shows_the_encoder_and_every_model_so_far_each_with_the_languages_it_is_for() {
        List<PlannedStep> steps =
                steps("    - pretrain: {}\n    - fineTune: {}\n    - iwda: {}\n    - project: {}\n    - distill: {}\n");
        ProjectStep map = (ProjectStep) steps.stream()
                .filter(step -> step.title().equals("project seed 1"))
                .findFirst()
                .orElseThrow()
                .spec();

        assertThat(map.encoders())
                .extracting(ProjectedEncoder::name)
                .containsExactly("encoder", "pretrain", "fineTune", "iwda.de", "iwda.fr");
        assertThat(map.encoders())
                .extracting(ProjectedEncoder::languages)
                .containsExactly(
                        List.of("de", "fr"), List.of("de", "fr"), List.of("de", "fr"), List.of("de"), List.of("fr"));
        assertThat(map.encoders().getFirst().encoder()).isInstanceOf(EncoderOrigin.Published.class);
        assertThat(map.inputs())
                .containsAll(steps.stream()
                        .filter(step -> List.of(
                                        "pretrain seed 1", "fineTune en seed 1", "iwda de seed 1", "iwda fr seed 1")
                                .contains(step.title()))
                        .map(PlannedStep::key)
                        .toList());
        assertThat(map.languages()).containsExactly("en", "de", "fr");
        assertThat(map.learnsFrom()).isEmpty();
        assertThat(map.startsFrom()).isEmpty();
    }

    @Test
    void only_what_looks_words_up_reads_the_dictionary_and_only_copies_are_drawn() {
        for (String show : List.of("Words", "Texts")) {
            assertThat(projected("{show: " + show + "}").dictionary()).isNull();
            assertThat(projected("{show: " + show + "}").seed()).isNull();
        }
        assertThat(projected("{show: Synonyms}").reads())
                .contains(new Input.Dictionary(new DictionaryIdentity("w", "1")));
        assertThat(projected("{show: Synonyms}").seed()).isNull();
        assertThat(projected("{show: Copies}").dictionary()).isEqualTo(new DictionaryIdentity("w", "1"));
        assertThat(projected("{show: Copies}").seed()).isEqualTo(1);
    }

    @Test
    void what_is_shown_of_the_source_alone_reads_no_other_language() {
        for (String show : List.of("Synonyms", "Copies"))
            assertThat(projected("{show: " + show + "}").languages()).containsExactly("en");
        assertThat(projected("{languages: [fr]}").languages()).containsExactly("en", "fr");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{show: Words, examples: [1], split: test, languages: [fr, de], projection: TSne, most: 300}",
                "{examples: [2, 1]}|{examples: [1, 2]}",
                "{show: Synonyms}|{show: Synonyms, layer: 0}",
            })
    void what_comes_to_the_same_has_the_same_key(String one, String other) {
        assertThat(key(one)).isEqualTo(key(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{show: Texts}",
                "{show: Synonyms}",
                "{show: Copies}",
                "{layer: 3}",
                "{layer: 0}",
                "{split: dev}",
                "{languages: [de]}",
                "{examples: [2]}",
                "{most: 50}",
                "{projection: PrincipalComponents}",
                "{perplexity: 5}",
            })
    void whatever_decides_a_map_moves_its_key(String settings) {
        assertThat(key(settings)).isNotEqualTo(key("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{show: Copies, languages: [de]}|languages are those of show: Words and Texts: leave them out",
                "{show: Texts, examples: [1]}|examples are those of show: Words and Copies: leave them out",
                "{projection: PrincipalComponents, perplexity: 5}|perplexity is one of projection: TSne: leave it out",
                "{languages: [es]}|project.languages may only name targets; the source is shown anyway",
                "{most: 3}|is 3; it must be at least 4",
                "{examples: [0]}|is 0; it must be at least 1",
            })
    void what_does_not_fit_is_refused_with_a_sentence(String settings, String sentence) {
        assertThatThrownBy(() -> key(settings)).isInstanceOf(InvalidInput.class).hasMessageContaining(sentence);
    }

    @Test
    void a_map_that_looks_words_up_wants_a_dictionary() {
        for (String show : List.of("Synonyms", "Copies"))
            assertThatThrownBy(() ->
                            ManifestReader.read("m.yaml", Manifests.SMALL + "    - project: {show: " + show + "}\n"))
                    .hasMessageContaining(
                            "project: {show: Synonyms} and {show: Copies} look words up: declare where the"
                                    + " words and their neighbours lie, as spec.dictionary");
    }

    @Test
    void no_stage_is_called_as_the_encoder_that_all_start_from_is_in_a_map() {
        assertThatThrownBy(() -> steps("    - {name: encoder, fineTune: {}}\n    - project: {}\n"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("spec.stages: a stage is called encoder, and so does project call what all start from. Give"
                        + " the stage another name.");
        assertThat(steps("    - {name: encoder, fineTune: {}}\n")).isNotEmpty();
    }

    @Test
    void a_layer_that_an_encoder_does_not_have_is_refused_with_those_it_has() {
        assertThatThrownBy(() -> projected("{layer: 13}").settings().requireLayer(12))
                .hasMessage(
                        "spec.stages: project.layer is 13, and the encoder has 12 layers. Write one of them, or 0 for"
                                + " the embeddings.");
        projected("{layer: 12}").settings().requireLayer(12);
        projected("{}").settings().requireLayer(2);
        assertThat(Objects.requireNonNull(
                        projected("{show: Synonyms}").settings().layer()))
                .isZero();
    }
}
