package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.PseudoLabelInputs.EarlierRounds;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundPlannerTest {

    private static Set<StepKey> keys(String manifest) {
        return Manifests.planRun(manifest).steps().stream()
                .map(PlannedStep::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String run(String strategy) {
        return Manifests.RUN.replace("coTraining: {rounds: 3}", strategy);
    }

    private static StepKey key(Plan plan, Class<? extends StepSpec> kind, String model, int round) {
        return step(plan, kind, model, round).key();
    }

    private static PlannedStep step(Plan plan, Class<? extends StepSpec> kind, String model, int round) {
        return plan.steps().stream()
                .filter(step -> kind.isInstance(step.spec()))
                .filter(step -> step.rounds().stream().anyMatch(of -> of.model().equals(model) && of.number() == round))
                .findFirst()
                .orElseThrow();
    }

    private static TrainStep train(Plan plan, String model, int round) {
        return (TrainStep) step(plan, TrainStep.class, model, round).spec();
    }

    @Test
    void a_round_trains_measures_labels_and_selects_and_the_last_one_only_trains_and_measures() {
        assertThat(Manifests.planRun(run("coTraining: {rounds: 2}")).steps())
                .extracting(PlannedStep::title)
                .containsExactly(
                        "train lm round 1 seed 1",
                        "train emb round 1 seed 1",
                        "evaluate lm round 1 seed 1",
                        "evaluate emb round 1 seed 1",
                        "label lm round 1 seed 1",
                        "label emb round 1 seed 1",
                        "select lm round 1 seed 1",
                        "select emb round 1 seed 1",
                        "train lm round 2 seed 1",
                        "train emb round 2 seed 1",
                        "evaluate lm round 2 seed 1",
                        "evaluate emb round 2 seed 1");
    }

    @Test
    void models_that_would_teach_each_other_what_both_know_are_refused() {
        String twins = Manifests.RUN.replace("sentence-transformers/LaBSE", "xlm-roberta-base");

        assertThatThrownBy(() -> Manifests.planRun(twins))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("lm and emb are the same training")
                .hasMessageContaining("models[].seed");
        assertThat(Manifests.planRun(twins.replace("{name: emb,", "{name: emb, seed: 1000,"))
                        .steps())
                .hasSameSizeAs(Manifests.planRun(Manifests.RUN).steps());
        assertThat(Manifests.planRun(twins.replace("coTraining", "selfTraining"))
                        .steps())
                .as("each learns from itself: one row twice, and no wrong one")
                .isNotEmpty();
    }

    @Test
    void each_model_learns_from_what_the_others_selected_in_all_rounds_before() {
        Plan plan = Manifests.planRun(Manifests.RUN);

        assertThat(train(plan, "lm", 1).pseudoLabels()).isNull();
        assertThat(Objects.requireNonNull(train(plan, "lm", 3).pseudoLabels()).selected())
                .containsExactly(
                        key(plan, SelectPseudoLabelsStep.class, "emb", 1),
                        key(plan, SelectPseudoLabelsStep.class, "emb", 2));
        assertThat(Objects.requireNonNull(train(plan, "emb", 3).pseudoLabels()).selected())
                .containsExactly(
                        key(plan, SelectPseudoLabelsStep.class, "lm", 1),
                        key(plan, SelectPseudoLabelsStep.class, "lm", 2));
    }

    @Test
    void three_models_learn_from_both_others_in_the_models_order() {
        Plan plan = Manifests.planRun(
                Manifests.RUN.replace(
                        "  source: en",
                        "    - {name: third, encoder: {location: {uri: \"hf://bert-base-multilingual-cased\"}}}\n  source: en"));

        assertThat(Objects.requireNonNull(train(plan, "emb", 2).pseudoLabels()).selected())
                .containsExactly(
                        key(plan, SelectPseudoLabelsStep.class, "lm", 1),
                        key(plan, SelectPseudoLabelsStep.class, "third", 1));
    }

    @Test
    void in_self_training_each_model_learns_from_itself_with_the_same_accounting() {
        Plan self = Manifests.planRun(run("selfTraining: {rounds: 3}"));
        Plan mutual = Manifests.planRun(Manifests.RUN);

        assertThat(Objects.requireNonNull(train(self, "lm", 3).pseudoLabels()).selected())
                .containsExactly(
                        key(self, SelectPseudoLabelsStep.class, "lm", 1),
                        key(self, SelectPseudoLabelsStep.class, "lm", 2));
        assertThat(key(self, SelectPseudoLabelsStep.class, "lm", 1))
                .isEqualTo(key(mutual, SelectPseudoLabelsStep.class, "lm", 1));
    }

    @Test
    void the_first_round_is_the_training_of_any_experiment() {
        Plan experiment = Manifests.plan(Manifests.SMALL.replace(
                "epochs: 2", "epochs: 2, batchSize: 16, learningRate: 5e-5, optimiser: {warmupFraction: 0}"));

        assertThat(keys(Manifests.RUN)).contains(experiment.steps().getFirst().key());
    }

    /// Yu & Joty, 2021, section 4.2: AdamW at 5e-5 with weight decay 0.01 and linear decay, batches of 16, five epochs
    /// of XNLI; no warm-up is spoken of.
    @ParameterizedTest
    @ValueSource(
            strings = {"", ", fineTune: {}", ", fineTune: {optimiser: {}}", ", fineTune: {optimiser: {beta1: 0.9}}"})
    void a_model_is_trained_as_the_papers_are_where_nothing_else_is_said(String own) {
        Plan plan = Manifests.planRun(Manifests.RUN.replace(", fineTune: {epochs: 2}", own));

        isThePapers(train(plan, "lm", 1).settings());
        assertThat(train(plan, "emb", 2).settings())
                .isEqualTo(train(plan, "lm", 1).settings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{fineTune: {optimiser: {}}}", "{fineTune: {epochs: 5, optimiser: {weightDecay: 0.01}}}"})
    void language_adaptation_trains_as_the_paper_does_where_nothing_else_is_said(String own) {
        Plan plan = Manifests.plan(Manifests.SMALL.replace(
                "fineTune: {epochs: 2}",
                "languageAdaptation: " + own + "\n"
                        + "  corpus: {name: c, languages: [de, fr], location: {claim: d}, pairs: {claim: d}}"));

        isThePapers(((TrainStep) plan.steps().getFirst().spec()).settings());
    }

    private static void isThePapers(FineTune settings) {
        assertThat(settings.epochs()).isEqualTo(5);
        assertThat(settings.batchSize()).isEqualTo(16);
        assertThat(settings.learningRate()).isEqualTo(5e-5);
        assertThat(settings.optimiser().weightDecay()).isEqualTo(0.01);
        assertThat(settings.optimiser().warmupFraction()).isZero();
        assertThat(settings.optimiser().schedule()).isEqualTo(Schedule.Linear);
    }

    @Test
    void a_selection_knows_what_its_model_selected_before_and_what_it_counts() {
        Plan plan = Manifests.planRun(Manifests.RUN);

        var select = (SelectPseudoLabelsStep)
                step(plan, SelectPseudoLabelsStep.class, "lm", 2).spec();

        assertThat(select.earlier()).containsExactly(key(plan, SelectPseudoLabelsStep.class, "lm", 1));
        assertThat(select.languages()).containsExactly("en");
        assertThat(select.sampleFraction()).isEqualTo(1.0 / 3);
        assertThat(((PredictPoolStep) step(plan, PredictPoolStep.class, "lm", 2).spec()).languages())
                .containsExactly("de", "fr");
    }

    @Property(tries = 40)
    void runs_that_differ_only_in_the_number_of_rounds_share_their_common_rounds(
            @ForAll @IntRange(min = 1, max = 8) int fewer,
            @ForAll @IntRange(min = 1, max = 8) int more,
            @ForAll boolean again,
            @ForAll boolean mutual,
            @ForAll @IntRange(max = 3) int patience) {
        String strategy = "%s: {rounds: ROUNDS, reinitialise: %s, patience: %d}"
                .formatted(mutual ? "coTraining" : "selfTraining", again, patience);

        Set<StepKey> before = keys(run(strategy.replace("ROUNDS", "" + Math.min(fewer, more))));
        Set<StepKey> after = keys(run(strategy.replace("ROUNDS", "" + Math.max(fewer, more))));

        assertThat(after).containsAll(before);
        assertThat(after.size() - before.size()).isEqualTo(8 * Math.abs(more - fewer));
    }

    @Test
    void another_seed_adds_its_rounds_and_moves_nothing() {
        Set<StepKey> one = keys(Manifests.RUN);
        Set<StepKey> two = keys(Manifests.RUN.replace("seeds: [1]", "seeds: [1, 2]"));

        assertThat(two).containsAll(one).hasSize(2 * one.size());
    }

    @Test
    void another_target_is_another_pool_but_the_same_first_training() {
        Plan before = Manifests.planRun(Manifests.RUN);
        Plan after = Manifests.planRun(Manifests.RUN.replace("[de, fr]", "[de, fr, it]"));

        assertThat(key(after, TrainStep.class, "lm", 1)).isEqualTo(key(before, TrainStep.class, "lm", 1));
        assertThat(key(after, PredictPoolStep.class, "lm", 1))
                .isNotEqualTo(key(before, PredictPoolStep.class, "lm", 1));
    }

    @Test
    void separate_targets_have_models_of_their_own_after_the_first_round() {
        Plan plan = Manifests.planRun(run("coTraining: {rounds: 2, targets: Separate}"));

        assertThat(train(plan, "lm de", 2).pseudoLabels()).isNotNull();
        assertThat(plan.steps().stream().filter(step -> step.spec() instanceof TrainStep))
                .hasSize(2 + 4);
        assertThat(((EvaluateStep) step(plan, EvaluateStep.class, "lm de", 2).spec()).languages())
                .containsExactly("de", "en");
    }

    @Test
    void without_reinitialise_a_round_goes_on_from_the_model_before() {
        Plan plan = Manifests.planRun(run("coTraining: {rounds: 2, reinitialise: false}"));

        assertThat(train(plan, "lm", 2).encoder())
                .isEqualTo(new EncoderOrigin.FromStep(key(plan, TrainStep.class, "lm", 1)));
        assertThat(train(plan, "lm", 1).encoder()).isInstanceOf(EncoderOrigin.Published.class);
    }

    @Test
    void the_best_round_is_chosen_by_a_step_of_its_own() {
        Plan plan = Manifests.planRun(run("coTraining: {rounds: 2, keep: Best}"));

        List<PlannedStep> choices = plan.steps().stream()
                .filter(step -> step.spec() instanceof ChooseBestRoundStep)
                .toList();
        assertThat(choices).extracting(PlannedStep::stage).containsExactly("lm", "emb");
        assertThat(((ChooseBestRoundStep) choices.getFirst().spec()).models())
                .containsExactly(key(plan, TrainStep.class, "lm", 1), key(plan, TrainStep.class, "lm", 2));
    }

    @Test
    void a_model_ends_as_its_last_round_leaves_it_unless_a_better_one_may_be_chosen() {
        assertThat(finalRounds("coTraining: {rounds: 2}")).containsOnly(2);
        assertThat(finalRounds("coTraining: {rounds: 2, keep: Best}")).isEmpty();
        assertThat(finalRounds("coTraining: {rounds: 1, keep: Best}")).containsOnly(1);
    }

    private static List<Integer> finalRounds(String strategy) {
        return Manifests.planRun(run(strategy)).steps().stream()
                .flatMap(step -> step.rounds().stream())
                .filter(Round::isFinal)
                .map(Round::number)
                .toList();
    }

    @Test
    void patience_is_part_of_a_training_only_where_it_can_have_run_out() {
        Plan patient = Manifests.planRun(run("coTraining: {rounds: 4, patience: 2}"));
        Plan plain = Manifests.planRun(run("coTraining: {rounds: 4}"));

        assertThat(key(patient, TrainStep.class, "lm", 3)).isEqualTo(key(plain, TrainStep.class, "lm", 3));
        EarlierRounds history =
                Objects.requireNonNull(train(patient, "emb", 4).pseudoLabels()).history();
        assertThat(Objects.requireNonNull(history).rounds()).hasSize(3);
        assertThat(history.own()).isEqualTo(1);
    }

    @Test
    void language_adaptation_happens_inside_the_training_of_every_round() {
        Plan plan = Manifests.planRun(
                Manifests.RUN
                        .replace(
                                "fineTune: {epochs: 2}}\n    - {name: emb", "languageAdaptation: {}}\n    - {name: emb")
                        .replace(
                                "source: en",
                                "source: en\n  corpus: {name: c, languages: [de, fr], location: {claim: d}, pairs: {claim: d}}"));

        assertThat(train(plan, "lm", 2).translations()).isNotNull();
        assertThat(train(plan, "emb", 2).translations()).isNull();
        assertThat(((PredictPoolStep) step(plan, PredictPoolStep.class, "lm", 2).spec()).model())
                .isEqualTo(key(plan, SemanticAlignmentStep.class, "lm", 2));
    }

    @Test
    void language_adaptation_without_its_second_phase_is_one_step() {
        Plan plan = Manifests.plan(Manifests.SMALL.replace(
                "fineTune: {epochs: 2}",
                "languageAdaptation: {alignment: {semantic: {epochs: 0}}}\n"
                        + "  corpus: {name: c, languages: [de, fr], location: {claim: d}, pairs: {claim: d}}"));

        assertThat(plan.steps()).hasSize(4);
        assertThat(plan.steps().getFirst().spec()).isInstanceOfSatisfying(TrainStep.class, train -> {
            assertThat(train.settings().learningRate()).isEqualTo(5e-5);
            assertThat(Objects.requireNonNull(train.translations()).languages()).containsExactly("de", "fr");
        });
    }

    @Test
    void rounds_are_over_when_no_model_gained_for_as_long_as_patience_lasts() {
        List<List<Double>> scores =
                List.of(List.of(0.5, 0.6), List.of(0.5, 0.7), List.of(0.4, 0.7), List.of(0.5, 0.65));

        assertThat(EarlierRounds.isOver(scores, 2)).isTrue();
        assertThat(EarlierRounds.isOver(scores, 3)).isFalse();
        assertThat(EarlierRounds.isOver(scores.subList(0, 3), 2)).isFalse();
        assertThat(EarlierRounds.isOver(scores, 0)).isFalse();
    }

    @Test
    void what_a_run_needs_is_said_where_it_is_missing() {
        refused(Manifests.RUN.replace("targets: [de, fr]", "targets: []"), "name at least one under targets");
        refused(
                run("coTraining: {rounds: 2, keep: Best}").replaceFirst("epochs: 2", "selection: {keep: Last}"),
                "leave models[].fineTune.selection.keep at Best");
        refused(
                run("coTraining: {targets: Separate}")
                        .replace("source: en", "source: en\n  evaluate: {languages: [fr]}"),
                "names neither the source language nor de");
        refused(
                Manifests.RUN.replace("SequenceClassification", "DependencyParsing"),
                "a run cannot learn DependencyParsing, where no label stands for a whole tree");
        refused(
                Manifests.RUN
                        .replace("coTraining: {rounds: 3}", "selfTraining: {rounds: 100}")
                        .replace("seeds: [1]", "seeds: [1]\n  suspend: false")
                        .replace(
                                "  source: en",
                                "    - {name: a, encoder: {location: {uri: \"hf://a\"}}}\n"
                                        + "    - {name: b, encoder: {location: {uri: \"hf://b\"}}}\n"
                                        + "    - {name: c, encoder: {location: {uri: \"hf://c\"}}}\n"
                                        + "    - {name: d, encoder: {location: {uri: \"hf://d\"}}}\n"
                                        + "  source: en"),
                "lower strategy.selfTraining.rounds");
    }

    private static void refused(String manifest, String sentence) {
        assertThatThrownBy(() -> Manifests.planRun(manifest))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(sentence);
    }
}
