package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Stages that score the models between three.
class InterpolateStepsTest {

    private static Plan plan(String stages) {
        return Manifests.plan(Manifests.SMALL
                .replace("    - fineTune: {epochs: 2}\n", stages)
                .replace("seeds: [1, 2]", "seeds: [1]"));
    }

    private static Plan interpolated(String settings) {
        return plan("    - interpolate: " + settings + "\n");
    }

    private static PlannedStep titled(Plan plan, String title) {
        return plan.steps().stream()
                .filter(step -> step.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        plan.steps().stream().map(PlannedStep::title).toList()));
    }

    private static InterpolateStep line(String settings) {
        return (InterpolateStep)
                titled(interpolated(settings), "interpolate line de seed 1").spec();
    }

    private static StepKey key(String settings) {
        return titled(interpolated(settings), "interpolate line de seed 1").key();
    }

    private static List<StepKey> trainings(Plan plan) {
        return plan.steps().stream()
                .filter(step -> step.spec() instanceof TrainStep)
                .map(PlannedStep::key)
                .toList();
    }

    @Test
    void one_model_learns_the_source_and_for_each_target_one_learns_it_and_one_both() {
        assertThat(interpolated("{}").steps().stream().map(PlannedStep::title))
                .containsExactly(
                        "interpolate-source en seed 1",
                        "evaluate interpolate-source seed 1",
                        "interpolate-target de seed 1",
                        "evaluate interpolate-target de seed 1",
                        "interpolate-both en de seed 1",
                        "evaluate interpolate-both de seed 1",
                        "interpolate line de seed 1",
                        "interpolate-target fr seed 1",
                        "evaluate interpolate-target fr seed 1",
                        "interpolate-both en fr seed 1",
                        "evaluate interpolate-both fr seed 1",
                        "interpolate line fr seed 1");
    }

    @Test
    void a_line_reads_the_three_models_and_the_split_of_both_languages() {
        Plan plan = interpolated("{}");
        InterpolateStep line =
                (InterpolateStep) titled(plan, "interpolate line de seed 1").spec();

        assertThat(line.models())
                .containsExactly(
                        titled(plan, "interpolate-source en seed 1").key(),
                        titled(plan, "interpolate-target de seed 1").key(),
                        titled(plan, "interpolate-both en de seed 1").key());
        assertThat(line.inputs()).containsExactlyInAnyOrderElementsOf(line.models());
        assertThat(line.languages()).containsExactly("de", "en");
        assertThat(line.split()).isEqualTo("dev");
        assertThat(line.maxExamples()).isEqualTo(5000);
        assertThat(line.startsFrom()).isEmpty();
        assertThat(line.learnsFrom()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{epochs: 5, batchSize: 32, learningRate: 2e-5, optimiser: {weightDecay: 0}}",
                "{epochs: 3, headDropout: 0.2, sources: OnePerBatch, evaluateEvery: 156, selection: {patience: 10}}",
            })
    void its_trainings_are_those_of_fine_tuning_on_source_target_and_both(String settings) {
        String asStage = settings.replace(
                "{epochs: 3,", "{epochs: 3, batchSize: 32, learningRate: 2e-5," + " optimiser: {weightDecay: 0},");
        List<StepKey> source = trainings(plan("    - fineTune: " + asStage + "\n"));
        List<StepKey> target = trainings(plan("    - fineTune: " + learning("Target", asStage) + "\n"));
        List<StepKey> both = trainings(plan("    - fineTune: " + learning("SourceAndTarget", asStage) + "\n"));

        assertThat(trainings(interpolated("{fineTune: " + settings + "}")))
                .containsExactly(source.getFirst(), target.get(0), both.get(0), target.get(1), both.get(1));
    }

    private static String learning(String from, String settings) {
        return settings.substring(0, settings.length() - 1) + ", learnFrom: " + from + "}";
    }

    @Test
    void its_training_is_the_papers_unless_it_is_given() {
        assertThat(trainings(interpolated("{}")))
                .isEqualTo(trainings(interpolated("{fineTune: {epochs: 5, batchSize: 32, learningRate: 2e-5,"
                        + " optimiser: {weightDecay: 0}}}")));
    }

    @Test
    void the_rows_of_the_three_models_have_names_of_their_own_and_only_their_languages() {
        Plan plan = plan("    - {name: wu, interpolate: {}}\n");

        assertThat(plan.steps().stream()
                        .filter(step -> step.spec() instanceof EvaluateStep)
                        .map(step -> step.stage() + " " + step.target() + " "
                                + String.join(" ", ((EvaluateStep) step.spec()).languages())))
                .containsExactly(
                        "wu-source null de en fr",
                        "wu-target de de en",
                        "wu-both de de en",
                        "wu-target fr en fr",
                        "wu-both fr en fr");
    }

    @Test
    void a_line_has_the_papers_coefficients_and_a_plane_is_only_measured_where_it_is_asked_for() {
        Plan plan = interpolated("{plane: {}}");
        InterpolateStep plane =
                (InterpolateStep) titled(plan, "interpolate plane fr seed 1").spec();

        assertThat(line("{}").line())
                .hasSize(33)
                .isSorted()
                .containsAll(
                        IntStream.rangeClosed(-5, 15).mapToObj(i -> i / 10.0).toList())
                .contains(0.025, 0.05, 0.075, 0.125, 0.15, 0.175, 0.825, 0.85, 0.875, 0.925, 0.95, 0.975);
        assertThat(line("{}").plane()).isNull();
        assertThat(plane.plane()).hasSize(21).isSorted().contains(-0.5, 0.0, 1.5);
        assertThat(plane.line()).isNull();
        assertThat(plane.models())
                .isEqualTo(((InterpolateStep)
                                titled(plan, "interpolate line fr seed 1").spec())
                        .models());
    }

    @Test
    void the_models_of_other_stages_stay_as_they_are_and_all_three_start_from_the_encoder() {
        String after = "    - fineTune: {}\n    - interpolate: {}\n    - iwda: {}\n";
        Plan plan = plan(after);

        assertThat(plan.steps().stream().map(PlannedStep::key))
                .containsAll(plan("    - fineTune: {}\n    - iwda: {}\n").steps().stream()
                        .map(PlannedStep::key)
                        .toList())
                .containsAll(interpolated("{}").steps().stream()
                        .map(PlannedStep::key)
                        .toList());
    }

    @Test
    void behind_a_stage_with_a_model_for_each_target_nothing_is_planned_twice() {
        Plan plan = plan("    - fineTune: {learnFrom: Target}\n    - interpolate: {}\n");

        assertThat(plan.steps().stream()
                        .map(PlannedStep::title)
                        .filter(title -> title.startsWith("interpolate-source"))
                        .toList())
                .containsExactly("interpolate-source en seed 1");
        assertThat(plan.steps().stream()
                        .filter(step -> step.spec() instanceof InterpolateStep)
                        .map(PlannedStep::target))
                .containsExactly("de", "fr");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{parameters: All, split: dev, maxExamples: 5000, line: {}}",
                "{line: {coefficients: [1, 0.5, 0]}}|{line: {coefficients: [0, 0.50, 1.0]}}",
                "{line: {coefficients: [0, 1]}}|{line: {coefficients: [-0.0, 0, 1]}}",
                "{}|{plane: {}}",
            })
    void what_comes_to_the_same_has_the_same_key(String one, String other) {
        assertThat(key(one)).isEqualTo(key(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{parameters: Encoder}",
                "{parameters: Head}",
                "{line: {coefficients: [0, 1]}}",
                "{split: test}",
                "{maxExamples: 100}",
                "{fineTune: {epochs: 4}}",
            })
    void whatever_decides_a_line_moves_its_key(String settings) {
        assertThat(key(settings)).isNotEqualTo(key("{}"));
    }

    @Test
    void nothing_is_drawn_so_its_key_has_no_seed() {
        assertThat(InterpolateStep.class.getRecordComponents())
                .noneMatch(component -> component.getName().equals("seed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{fineTune: {languages: [en]}}|leave languages and learnFrom of its fineTune out",
                "{fineTune: {learnFrom: Target}}|leave languages and learnFrom of its fineTune out",
                "{fineTune: {selection: {keep: Better}}}|keep: Better has nothing to compare with: write keep: Best",
                "{line: {coefficients: [10.5]}}|is 10.5; it must be at most 10",
                "{line: {coefficients: [-11]}}|is -11; it must be at least -10",
                "{plane: {coefficients: [0, 11]}}|is 11; it must be at most 10",
                "{line: {coefficients: []}}|items",
                "{line: {coefficients: [0.5, 0.5]}}|0.5",
                "{maxExamples: 0}|is 0; it must be at least 1",
            })
    void what_does_not_fit_is_refused_with_a_sentence(String settings, String sentence) {
        assertThatThrownBy(() -> key(settings)).isInstanceOf(InvalidInput.class).hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({"line, 101", "plane, 41"})
    void no_more_coefficients_are_taken_than_can_be_measured(String field, int most) {
        String fits = coefficients(most);
        String tooMany = coefficients(most + 1);

        assertThat(key("{%s: {coefficients: %s}}".formatted(field, fits))).isNotNull();
        assertThatThrownBy(() -> key("{%s: {coefficients: %s}}".formatted(field, tooMany)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(String.valueOf(most));
    }

    private static String coefficients(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.valueOf(i / 100.0))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void it_may_come_first_and_alone_but_no_stage_goes_on_from_its_models() {
        assertThat(Objects.requireNonNull(line("{}").line())).isNotEmpty();
        assertThatThrownBy(() -> ManifestReader.read(
                        "m.yaml",
                        Manifests.SMALL.replace(
                                "    - fineTune: {epochs: 2}\n", "    - interpolate: {}\n    - iwda: {}\n")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("stages other than pretrain and interpolate go on from a model that knows the"
                        + " task: put a fineTune stage before them");
    }
}
