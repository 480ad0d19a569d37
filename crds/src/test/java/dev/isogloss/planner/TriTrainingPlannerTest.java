package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Selection;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.AugmentStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Plans of tri-training, beside the compact loop of the paper written down once more.
class TriTrainingPlannerTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: three}
            spec:
              task: {type: NamedEntityRecognition}
              data: {name: news, location: {claim: datasets, path: "{language}/{split}.txt"}}
              models:
                - {name: a, encoder: &e {location: {uri: "hf://xlm-roberta-base"}}, fineTune: {confidencePenalty: 1}}
                - {name: b, encoder: *e, fineTune: {confidencePenalty: 1}, seed: 2000}
                - {name: c, encoder: *e, fineTune: {confidencePenalty: 1}, seed: 3000}
              source: en
              targets: [es]
              seeds: [1000]
              strategy: {triTraining: SETTINGS}
              evaluate: {ensemble: true}
            """;

    private static List<PlannedStep> plan(String settings) {
        return Manifests.planRun(MANIFEST.replace("SETTINGS", settings)).steps();
    }

    private static <T> List<T> specs(List<PlannedStep> steps, Class<T> kind) {
        return steps.stream()
                .map(PlannedStep::spec)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static List<PlannedStep> lessons(List<PlannedStep> steps, int round) {
        return steps.stream()
                .filter(step -> step.spec() instanceof TrainStep)
                .filter(step -> step.rounds().getFirst().number() == round)
                .toList();
    }

    private static TrainStep training(PlannedStep step) {
        return (TrainStep) step.spec();
    }

    @Test
    void three_rounds_of_one_target_have_a_hundred_and_three_steps() {
        Map<String, Long> kinds = plan("{}").stream()
                .collect(Collectors.groupingBy(step -> step.spec().kind(), Collectors.counting()));

        assertThat(kinds)
                .isEqualTo(Map.of(
                        "Train",
                        21L,
                        "Augment",
                        2L,
                        "PredictPool",
                        34L,
                        "Agree",
                        30L,
                        "Evaluate",
                        12L,
                        "Ensemble",
                        4L));
    }

    @Test
    void each_pair_teaches_the_third_in_the_papers_order() {
        for (int round = 1; round <= 3; round++)
            assertThat(lessons(plan("{}"), round).stream()
                            .map(step -> step.rounds().getFirst().model()))
                    .containsExactly("c es", "b es", "c es", "a es", "b es", "a es");
    }

    @Test
    void a_training_goes_on_from_the_models_last_state_and_counts_only_if_it_is_better_on_the_target() {
        List<PlannedStep> steps = plan("{}");
        Map<String, StepKey> last = new HashMap<>();
        Set<Long> seeds = new HashSet<>();
        for (PlannedStep step : steps) {
            if (!(step.spec() instanceof TrainStep train)) continue;
            String model = step.rounds().getFirst().model();
            StepKey before = last.put(model, step.key());
            assertThat(seeds.add(train.seed()))
                    .as("a seed of its own: %d", train.seed())
                    .isTrue();
            if (before == null) {
                assertThat(train.encoder()).isInstanceOf(EncoderOrigin.Published.class);
                assertThat(train.settings().confidencePenalty()).isEqualTo(1);
                continue;
            }
            assertThat(train.encoder()).isEqualTo(new EncoderOrigin.FromStep(before));
            assertThat(train.settings().selection().keep()).isEqualTo(Selection.Keep.Better);
            assertThat(train.settings().selection().languages()).containsExactly("es");
            assertThat(train.settings().languages()).containsExactly("en");
            assertThat(train.settings().samplingExponent()).isEqualTo(0.7);
        }
        assertThat(seeds).contains(1000L, 3000L, 4000L, 1001L, 3001L, 4001L);
    }

    @Test
    void the_rounds_learn_from_the_papers_sets() {
        List<PlannedStep> steps = plan("{}");
        Map<StepKey, PlannedStep> byKey = new HashMap<>();
        steps.forEach(step -> byKey.put(step.key(), step));

        assertThat(lessons(steps, 1)).allSatisfy(step -> {
            assertThat(pools(step, byKey)).containsExactly("es");
            assertThat(taught(step).only()).isFalse();
        });
        assertThat(lessons(steps, 2)).allSatisfy(step -> {
            assertThat(pools(step, byKey)).containsExactly("copies of es");
            assertThat(taught(step).only()).isTrue();
        });
        assertThat(lessons(steps, 3)).allSatisfy(step -> {
            assertThat(pools(step, byKey)).containsExactly("es", "copies of en", "copies of es");
            assertThat(taught(step).only()).isFalse();
        });
        assertThat(specs(steps, AgreeStep.class).stream()
                        .map(AgreeStep::fraction)
                        .distinct())
                .containsExactly(0.8, 1.0);
    }

    private static PseudoLabelInputs taught(PlannedStep step) {
        return Objects.requireNonNull(training(step).pseudoLabels());
    }

    private static List<String> pools(PlannedStep step, Map<StepKey, PlannedStep> byKey) {
        return taught(step).selected().stream()
                .map(key -> (AgreeStep) Objects.requireNonNull(byKey.get(key)).spec())
                .map(AgreeStep::pool)
                .map(pool -> (pool.copies() == null ? "" : "copies of ") + String.join(" ", pool.languages()))
                .toList();
    }

    @Test
    void runs_that_differ_in_the_number_of_rounds_share_those_they_have_in_common() {
        Set<StepKey> three = plan("{}").stream().map(PlannedStep::key).collect(Collectors.toSet());

        assertThat(plan("{rounds: 2}")).allMatch(step -> three.contains(step.key()));
    }

    @Test
    void copies_are_made_by_the_first_models_encoder_unless_another_is_named() {
        assertThat(specs(plan("{}"), AugmentStep.class))
                .allMatch(step -> step.generator() instanceof EncoderOrigin.Published of
                        && of.name().equals("xlm-roberta-base"));
        assertThat(specs(
                        plan("{augment: {maskedLanguageModel: {encoder: {location: {uri: \"hf://org/words\"}}}}}"),
                        AugmentStep.class))
                .allMatch(step -> step.generator() instanceof EncoderOrigin.Published of
                        && of.name().equals("org/words"));
        assertThat(specs(plan("{rounds: 1}"), AugmentStep.class)).isEmpty();
    }

    @Test
    void an_encoder_without_a_head_for_words_gets_one_once_for_the_run() {
        String corpus = MANIFEST.replace(
                "  models:",
                "  corpus: {name: web, languages: [en, es], location: {claim: datasets, path: c}}\n  models:");
        List<PlannedStep> steps = Manifests.planRun(
                        corpus.replace("SETTINGS", "{augment: {maskedLanguageModel: {seed: 7, pretrain: {epochs: 2}}}}")
                                .replace("[1000]", "[1000, 1001]"))
                .steps();

        assertThat(specs(steps, PretrainStep.class)).singleElement().satisfies(step -> {
            assertThat(step.encoder()).isEqualTo(new EncoderOrigin.Published("xlm-roberta-base", "main"));
            assertThat(step.settings().epochs()).isEqualTo(2);
            assertThat(step.settings().languages()).containsExactly("en", "es");
            assertThat(step.seed()).isEqualTo(7);
        });
        assertThat(specs(steps, AugmentStep.class))
                .isNotEmpty()
                .allMatch(step -> step.generator() instanceof EncoderOrigin.FromStep);
        assertThat(lessons(steps, 0))
                .as("models start from the encoder as it was published")
                .allMatch(step -> training(step).encoder() instanceof EncoderOrigin.Published);
    }

    @Test
    void pretraining_reads_languages_of_the_corpus_and_no_others() {
        String corpus = MANIFEST.replace(
                "  models:",
                "  corpus: {name: web, languages: [en, es], location: {claim: datasets, path: c}}\n  models:");

        assertThatThrownBy(() -> Manifests.planRun(
                        corpus.replace("SETTINGS", "{augment: {maskedLanguageModel: {pretrain: {languages: [fr]}}}}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("augment.maskedLanguageModel.pretrain.languages may only name languages of");
        assertThatThrownBy(() -> Manifests.planRun(corpus.replace("SETTINGS", "{}")
                        .replace(
                                "{location: {uri: \"hf://xlm-roberta-base\"}}",
                                "{fromPretraining: {pretrain: {languages: [fr]}}}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("encoder.fromPretraining.pretrain.languages may only name languages of");
    }

    @Test
    void a_head_for_words_needs_text() {
        assertThatThrownBy(() -> plan("{augment: {maskedLanguageModel: {pretrain: {}}}}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("declare it as spec.corpus");
    }

    @Test
    void with_per_round_the_three_models_of_a_round_can_train_side_by_side() {
        List<PlannedStep> round = lessons(plan("{schedule: PerRound, rounds: 1}"), 1);
        Set<StepKey> warmUps = plan("{schedule: PerRound, rounds: 1}").stream()
                .filter(step -> step.title().startsWith("warm up"))
                .map(PlannedStep::key)
                .collect(Collectors.toSet());

        assertThat(round.stream()
                        .filter(step ->
                                warmUps.contains(training(step).encoder().step().orElseThrow())))
                .hasSize(3);
        assertThat(specs(plan("{schedule: PerRound, rounds: 1}"), PredictPoolStep.class))
                .hasSize(3)
                .allMatch(step -> warmUps.contains(step.model()));
    }

    @Test
    void models_that_would_be_the_same_are_refused() {
        assertThatThrownBy(() ->
                        Manifests.planRun(MANIFEST.replace("SETTINGS", "{}").replace("seed: 3000", "seed: 2000")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("b and c are the same training")
                .hasMessageContaining("models[].seed");
    }

    @Test
    void each_target_has_models_of_its_own_after_a_warm_up_that_all_share() {
        List<PlannedStep> steps = Manifests.planRun(
                        MANIFEST.replace("SETTINGS", "{}").replace("[es]", "[de, es]"))
                .steps();

        assertThat(lessons(steps, 0)).hasSize(3).allSatisfy(step -> assertThat(step.rounds())
                .hasSize(2));
        assertThat(lessons(steps, 1)).hasSize(12);
    }

    @Test
    void a_model_can_be_measured_on_the_targets_of_others() {
        String two = MANIFEST.replace("SETTINGS", "{rounds: 1}").replace("[es]", "[de, es]");

        assertThat(measured(two)).containsExactlyInAnyOrder(List.of("de", "en"), List.of("en", "es"));
        assertThat(measured(two.replace("ensemble: true", "ensemble: true, otherTargets: true")))
                .containsExactly(List.of("de", "en", "es"));
        assertThatThrownBy(() -> ManifestReader.read(
                        "m.yaml", Manifests.SMALL + "    - fineTune: {}\n  evaluate: {otherTargets: true}\n"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("evaluate.otherTargets is for runs");
    }

    private static Set<List<String>> measured(String manifest) {
        return specs(Manifests.planRun(manifest).steps(), EvaluateStep.class).stream()
                .map(EvaluateStep::languages)
                .collect(Collectors.toSet());
    }

    /// What one training reads: the third model's state before it, and for each set the states that label it.
    private record Lesson(int model, int state, List<String> labels) {}

    /// The loop of the paper over states of models: a training that is not accepted leaves the state as it was.
    private static List<Lesson> paper(int rounds, boolean[] accepted) {
        List<Lesson> lessons = new ArrayList<>();
        int[] state = {0, 0, 0};
        int made = 0;
        for (int e = 1; e <= rounds; e++)
            for (int k = 0; k < 3; k++)
                for (int j = 0; j < 3; j++) {
                    if (j == k) continue;
                    int i = 3 - k - j;
                    List<String> sets = new ArrayList<>();
                    String pair = Stream.of("%d.%d".formatted(k, state[k]), "%d.%d".formatted(j, state[j]))
                            .sorted()
                            .collect(Collectors.joining("+"));
                    if (e == 1 || e >= 3) sets.add("es " + pair);
                    if (e >= 3) sets.add("copies of en " + pair);
                    if (e >= 2) sets.add("copies of es " + pair);
                    lessons.add(new Lesson(i, state[i], sets));
                    made++;
                    if (accepted[made - 1]) state[i] = made;
                }
        return lessons;
    }

    /// The same read off the plan.
    private static List<Lesson> planned(List<PlannedStep> steps, boolean[] accepted) {
        Map<StepKey, PlannedStep> byKey = new LinkedHashMap<>();
        steps.forEach(step -> byKey.put(step.key(), step));
        Map<StepKey, String> states = new HashMap<>();
        List<Lesson> lessons = new ArrayList<>();
        for (PlannedStep step : steps) {
            if (!(step.spec() instanceof TrainStep train)) continue;
            int model = step.rounds().getFirst().model().charAt(0) - 'a';
            if (train.pseudoLabels() == null) {
                states.put(step.key(), model + ".0");
                continue;
            }
            String before =
                    Objects.requireNonNull(states.get(train.encoder().step().orElseThrow()));
            List<String> sets = new ArrayList<>();
            List<String> names = pools(step, byKey);
            for (int s = 0; s < names.size(); s++) {
                AgreeStep agree =
                        (AgreeStep) byKey.get(taught(step).selected().get(s)).spec();
                sets.add(names.get(s) + " "
                        + agree.predictions().stream()
                                .map(key -> (PredictPoolStep) byKey.get(key).spec())
                                .map(predict -> Objects.requireNonNull(states.get(predict.model())))
                                .sorted()
                                .collect(Collectors.joining("+")));
            }
            lessons.add(new Lesson(model, Integer.parseInt(before.substring(2)), sets));
            states.put(step.key(), accepted[lessons.size() - 1] ? model + "." + lessons.size() : before);
        }
        return lessons;
    }

    @Test
    void whatever_is_accepted_models_learn_what_the_papers_loop_teaches_them() {
        List<PlannedStep> steps = plan("{rounds: 4}");
        Random random = new Random(7);
        for (int table = 0; table < 200; table++) {
            boolean[] accepted = new boolean[24];
            double share = random.nextDouble();
            for (int i = 0; i < accepted.length; i++) accepted[i] = random.nextDouble() < share;

            assertThat(planned(steps, accepted)).isEqualTo(paper(4, accepted));
        }
    }

    @Test
    void every_label_is_made_once() {
        List<PlannedStep> steps = plan("{}");

        assertThat(steps.stream()
                        .filter(step -> step.spec() instanceof PredictPoolStep)
                        .filter(step -> step.rounds().stream().anyMatch(round -> round.number() == 1)))
                .hasSize(7);
        assertThat(new TreeSet<>(steps.stream().map(PlannedStep::key).toList())).hasSameSizeAs(steps);
    }
}
