package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.task.Metric;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.planner.Planner;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.LabelSketch;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {claim: d, path: "{language}/{split}.jsonl"}}
              models:
                - {name: lm, encoder: {location: {uri: "hf://bert"}}}
                - {name: emb, encoder: {location: {uri: "hf://labse"}}}
              source: en
              targets: [de, fr]
              seeds: SEEDS
              strategy: {coTraining: {rounds: 3}}
            """;
    private static final Provenance NOWHERE =
            new Provenance(Instant.EPOCH, Instant.EPOCH, Map.of(), "cpu", 1, Map.of());

    private static Plan plan(String seeds) {
        var manifest = ManifestReader.read("lab.yaml", MANIFEST.replace("SEEDS", seeds))
                .getFirst();
        return Planner.plan("lab", ((Manifest.CoTrainingRunManifest) manifest).spec());
    }

    /// Results of all steps of the rounds up to one: models get better by a tenth a round, seed 2 selects ten more.
    private static Map<StepKey, StepResult> results(Plan plan, int rounds) {
        Map<StepKey, StepResult> results = new HashMap<>();
        for (PlannedStep step : plan.steps())
            if (step.rounds().getFirst().number() <= rounds) results.put(step.key(), result(step));
        return results;
    }

    private static StepResult result(PlannedStep step) {
        int round = step.rounds().getFirst().number();
        double more = Long.valueOf(2).equals(step.seed()) ? 10 : 0;
        StepResult plain = new StepResult(step.key(), "x", List.of(), Facts.NONE, NOWHERE);
        return switch (step.spec()) {
            case PredictPoolStep _ ->
                with(plain, Facts.of(Fact.Labelled, 100))
                        .withLabelSketch(labelSketch(step.rounds().getFirst()));
            case SelectPseudoLabelsStep _ ->
                with(
                                plain,
                                Facts.of(Fact.Confident, 50)
                                        .with(Fact.Selected, 20 + more)
                                        .with(Fact.Known, 20 + more)
                                        .with(Fact.Wrong, 5)
                                        .with(Fact.Selected, "a", 15 + more)
                                        .with(Fact.Selected, "b", 5))
                        .withPseudoLabels("%02d".formatted(round).repeat(32));
            case EvaluateStep _ ->
                new StepResult(
                        step.key(),
                        "x",
                        List.of(score("de", 0.3 + round / 10.0), score("en", 0.9), score("fr", 0.5 + round / 10.0)),
                        Facts.NONE,
                        NOWHERE);
            default -> with(plain, Facts.of(Fact.SelectionScore, 0.8));
        };
    }

    private static StepResult with(StepResult plain, Facts facts) {
        return new StepResult(plain.key(), plain.kind(), plain.scores(), facts, plain.provenance());
    }

    /// Of a hundred texts the second model sees ten otherwise, in the second round twenty.
    private static String labelSketch(Round round) {
        LabelSketch labelSketch = new LabelSketch();
        int others = round.model().equals("emb") ? 10 * round.number() : 0;
        for (int i = 0; i < 100; i++) labelSketch.add("de", "text-" + i, List.of(i < others ? "b" : "a"));
        return labelSketch.text();
    }

    private static Score score(String language, double value) {
        return new Score(language, "test", Metric.Accuracy, value, 100);
    }

    @Test
    void a_terminal_sees_every_model_in_every_round() {
        Plan plan = plan("[1]");

        assertThat(RoundTable.aligned(Rounds.of(plan, results(plan, 2)))).isEqualTo("""
                round  model  labelled  confident  selected    wrong  agreement  selection score  score  steps
                ─────  ─────  ────────  ─────────  ────────  ───────  ─────────  ───────────────  ─────  ─────
                1      lm          100         50        20  25.00 %    90.00 %            80.00  50.00    4/4
                1      emb         100         50        20  25.00 %    90.00 %            80.00  50.00    4/4
                2      lm          100         50        20  25.00 %    80.00 %            80.00  60.00    4/4
                2      emb         100         50        20  25.00 %    80.00 %            80.00  60.00    4/4
                3      lm            –          –         –        –          –                –      –    0/2
                3      emb           –          –         –        –          –                –      –    0/2
                score: Accuracy on test, mean over targets and seeds; wrong: labels handed on that differ from gold
                agreement: texts of the pool of which the models say the same
                """);
    }

    @Test
    void the_round_under_way_is_the_first_that_is_not_complete() {
        Plan plan = plan("[1]");

        assertThat(Rounds.of(plan, Map.of()).progress()).isEqualTo("1/3");
        assertThat(Rounds.of(plan, results(plan, 1)).progress()).isEqualTo("2/3");
        assertThat(Rounds.of(plan, results(plan, 3)).progress()).isEqualTo("3/3");
        assertThat(Rounds.of(plan, results(plan, 1)).isComplete(1)).isTrue();
        assertThat(Rounds.of(plan, results(plan, 1)).isComplete(2)).isFalse();
    }

    @Test
    void status_shows_means_over_seeds_and_one_digest_for_all() {
        Plan plan = plan("[1, 2]");

        var status = Rounds.of(plan, results(plan, 2)).statuses(1);

        assertThat(status).hasSize(2);
        assertThat(status.getFirst().round()).isEqualTo(2);
        assertThat(status.getFirst().selected()).isEqualTo(25);
        assertThat(status.getFirst().classes()).containsEntry("a", 20L).containsEntry("b", 5L);
        assertThat(status.getFirst().noise()).isEqualTo("0.2000");
        assertThat(status.getFirst().agreement()).isEqualTo("0.8000");
        assertThat(status.getFirst().score()).isEqualTo("0.6000");
        // printf '02…02\\n02…02\\n' | sha256sum
        assertThat(status.getFirst().digest()).hasSize(64).isNotEqualTo("02".repeat(32));
        assertThat(Rounds.of(plan, results(plan, 2)).pseudoLabels()).isEqualTo(2 * 2 * (20 + 30));
    }

    @Test
    void each_model_has_its_last_and_its_best_score() {
        Plan plan = plan("[1]");

        var models = Rounds.of(plan, results(plan, 3)).models();

        assertThat(models).extracting("model").containsExactly("lm", "emb");
        assertThat(models.getFirst().last()).isEqualTo("0.7000");
        assertThat(models.getFirst().bestRound()).isEqualTo(3);
        assertThat(Rounds.of(plan, results(plan, 3)).best().orElseThrow().model())
                .isEqualTo("lm");
    }

    @Test
    void the_table_of_results_shows_the_first_round_and_the_final_models() {
        Plan plan = plan("[1]");

        assertThat(Summary.of(plan, results(plan, 3)).rows())
                .extracting(SummaryRow::stage)
                .containsOnly("lm round 1", "emb round 1", "lm", "emb");
    }

    @Test
    void a_round_of_which_one_seed_kept_its_model_says_so() {
        Plan plan = plan("[1, 2]");
        Map<StepKey, StepResult> results = results(plan, 2);
        plan.steps().stream()
                .filter(step -> step.spec() instanceof TrainStep)
                .filter(step -> step.rounds().getFirst().equals(new Round("lm", null, 2, false))
                        && Long.valueOf(1).equals(step.seed()))
                .forEach(step -> results.computeIfPresent(step.key(), (_, result) -> result.withKeptModel()));

        Rounds rounds = Rounds.of(plan, results);

        assertThat(rounds.rows()).extracting(RoundRow::keptModel).containsExactly(0.0, 0.0, 0.5, 0.0, 0.0, 0.0);
        assertThat(RoundTable.aligned(rounds)).contains("2 (kept)  lm ");
    }

    @Test
    void a_plan_without_rounds_has_none() {
        assertThat(Rounds.of(new Plan("none", List.of()), Map.of()).rows()).isEmpty();
        assertThat(Rounds.of(new Plan("none", List.of()), Map.of()).best()).isEmpty();
    }
}
