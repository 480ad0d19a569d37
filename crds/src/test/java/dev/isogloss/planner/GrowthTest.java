package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

/// An experiment that grows adds steps; the trainings it had keep their keys.
class GrowthTest {
    private static final List<String> LANGUAGES = List.of("de", "fr", "it", "ja", "ru", "zh", "cs", "da");

    private static Set<StepKey> trainings(String manifest) {
        return Manifests.plan(manifest).steps().stream()
                .filter(step -> !(step.spec() instanceof EvaluateStep))
                .map(PlannedStep::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String manifest(List<String> targets, List<Integer> seeds, String more) {
        return Manifests.SMALL
                        .replace("targets: [de, fr]", "targets: " + targets)
                        .replace("seeds: [1, 2]", "seeds: " + seeds)
                        .replace(
                                "encoder: {location: {uri: \"hf://xlm-roberta-base\"}}",
                                "corpus: {name: c, languages: [en, fr], location: {claim: d}}\n"
                                        + "  encoder: {fromPretraining: {}}")
                + "    - pretrain: {epochs: 0.5}\n    - fineTune: {}\n"
                + more;
    }

    @Property(tries = 100)
    void another_target_or_seed_or_split_moves_no_training(
            @ForAll @Size(min = 1, max = 7) @UniqueElements List<@IntRange(max = 7) Integer> targets,
            @ForAll @Size(min = 1, max = 4) @UniqueElements List<@IntRange(max = 100) Integer> seeds,
            @ForAll @IntRange(min = 1, max = 7) int fewer,
            @ForAll @IntRange(min = 1, max = 4) int earlier) {
        List<String> languages = targets.stream().map(LANGUAGES::get).toList();
        List<String> some = languages.subList(0, Math.min(fewer, languages.size()));
        List<Integer> first = seeds.subList(0, Math.min(earlier, seeds.size()));

        Set<StepKey> before = trainings(manifest(some, first, ""));
        Set<StepKey> after = trainings(manifest(languages, seeds, "  evaluate: {splits: [dev, test]}\n"));

        assertThat(after).containsAll(before).hasSize(1 + 3 * seeds.size());
    }

    @Test
    void the_order_of_languages_moves_nothing() {
        assertThat(Manifests.plan(Manifests.SMALL.replace("[de, fr]", "[fr, de]")))
                .isEqualTo(Manifests.plan(Manifests.SMALL));
    }

    @Test
    void files_and_splits_of_a_language_that_a_training_does_not_read_move_nothing() {
        String grown = Manifests.SMALL.replace(
                "data: {name: toy, ",
                "data: {name: toy, languages: [{language: de, splits: {test: {file: dev}}}], "
                        + "splits: {test: {file: dev, last: 10}}, ");

        assertThat(trainings(grown)).isEqualTo(trainings(Manifests.SMALL));
    }

    @Test
    void where_things_lie_and_how_steps_run_moves_nothing() {
        String moved = Manifests.SMALL
                .replace("claim: datasets", "claim: elsewhere")
                .replace(
                        "stages:", "runtime: {parallelism: 9, image: x}\n  storage: {location: {claim: s}}\n  stages:");

        assertThat(Manifests.plan(moved)).isEqualTo(Manifests.plan(Manifests.SMALL));
    }

    @Test
    void an_input_that_no_stage_reads_moves_no_key() {
        String declared = Manifests.SMALL.replace(
                "  stages:", "  dictionary: {name: synonyms, location: {claim: words, path: a.json}}\n  stages:");

        assertThat(Manifests.plan(declared)).isEqualTo(Manifests.plan(Manifests.SMALL));
        assertThat(Planner.locations(Manifests.spec(declared)).claims()).containsExactly("datasets", "words");
    }

    @Test
    void numbers_are_keyed_by_value_and_not_by_spelling() {
        assertThat(trainings(Manifests.SMALL.replace("{epochs: 2}", "{epochs: 2.0, learningRate: 0.00001}")))
                .isEqualTo(trainings(Manifests.SMALL.replace("{epochs: 2}", "{epochs: 2, learningRate: 1e-5}")))
                .isEqualTo(trainings(Manifests.SMALL));
    }

    @Test
    void another_hyperparameter_or_version_of_the_data_is_other_work() {
        assertThat(trainings(Manifests.SMALL.replace("epochs: 2", "epochs: 3")))
                .doesNotContainAnyElementsOf(trainings(Manifests.SMALL));
        assertThat(trainings(Manifests.SMALL.replace("name: toy,", "name: toy, version: \"2\",")))
                .doesNotContainAnyElementsOf(trainings(Manifests.SMALL));
    }
}
