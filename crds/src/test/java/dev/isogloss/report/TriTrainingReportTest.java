package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.task.Metric;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.planner.Planner;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Reports on tri-training, whose three models stand for one, each target having its own three.
class TriTrainingReportTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: three}
            spec:
              task: {type: NamedEntityRecognition}
              data: {name: news, location: {claim: datasets, path: "{language}/{split}.txt"}}
              models:
                - {name: a, encoder: &e {location: {uri: "hf://xlm-roberta-base"}}}
                - {name: b, encoder: *e, seed: 2000}
                - {name: c, encoder: *e, seed: 3000}
              source: en
              targets: [de, es]
              seeds: [1, 2]
              strategy: {triTraining: {rounds: 1, distillation: {by: Mixture, posterior: 0.5}}}
              evaluate: {splits: [dev, test], ensemble: true, otherTargets: OTHERS}
            """;

    private static Plan plan(boolean others) {
        var manifest = ManifestReader.read("three.yaml", MANIFEST.replace("OTHERS", Boolean.toString(others)))
                .getFirst();
        return Planner.plan("three", ((Manifest.CoTrainingRunManifest) manifest).spec());
    }

    /// On its target a model scores 0.3, in round 1 0.5, model b 0.1 more, model c 0.2 more, seed 2 0.03 more.
    /// Another target gives 0.9, so that a mean over all measured languages shows, English 0.8, and dev 0.01 less
    /// than test.
    private static Map<StepKey, StepResult> results(Plan plan) {
        Map<StepKey, StepResult> results = new HashMap<>();
        for (PlannedStep step : plan.steps()) results.put(step.key(), result(step));
        return results;
    }

    private static StepResult result(PlannedStep step) {
        return switch (step.spec()) {
            case EvaluateStep of -> result(step, Facts.NONE, scores(step, of.languages()));
            case EnsembleStep of -> result(step, Facts.NONE, scores(step, of.languages()));
            case PredictPoolStep _ -> result(step, Facts.of(Fact.Labelled, 100), List.of());
            case AgreeStep _ ->
                result(
                        step,
                        Facts.of(Fact.Selected, 20)
                                .with(Fact.Known, 20)
                                .with(Fact.Wrong, 5)
                                .with(Fact.Shared, 40)
                                .with(Fact.Agreed, 20)
                                .with(Fact.Distilled, "1", 60)
                                .with(Fact.Distilled, "2", 70)
                                .with(Fact.CleanMean, "1", 0.125)
                                .with(Fact.CleanMean, "2", 0.25),
                        List.of());
            case TrainStep of
            when of.pseudoLabels() != null ->
                result(step, Facts.of(Fact.Accepted, 1).with(Fact.SelectionScore, 0.4), List.of());
            default -> result(step, Facts.NONE, List.of());
        };
    }

    private static StepResult result(PlannedStep step, Facts facts, List<Score> scores) {
        var nowhere = new Provenance(Instant.EPOCH, Instant.EPOCH, Map.of(), "cpu", 1, Map.of());
        return new StepResult(step.key(), step.spec().kind(), scores, facts, nowhere);
    }

    /// The warm-up is one model for all targets, and so its score of each is as good as that of any.
    private static List<Score> scores(PlannedStep step, List<String> languages) {
        Round round = step.rounds().getFirst();
        double own = (round.number() == 0 ? 0.3 : 0.5)
                + Math.max(0, "abc".indexOf(round.name())) / 10.0
                + (Objects.equals(step.seed(), 2L) ? 0.03 : 0);
        List<Score> scores = new ArrayList<>();
        for (String language : languages)
            for (String split : List.of("dev", "test")) {
                boolean shown = round.number() == 0 || language.equals(round.target());
                double value = language.equals("en") ? 0.8 : shown ? own : 0.9;
                scores.add(new Score(language, split, Metric.SpanF1, value - (split.equals("dev") ? 0.01 : 0), 50));
            }
        return scores;
    }

    private static SummaryRow row(Summary summary, String stage, String language) {
        return summary.rows().stream()
                .filter(row -> row.stage().equals(stage)
                        && row.language().equals(language)
                        && row.split().equals("test"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + stage));
    }

    @Test
    void the_three_models_have_a_row_of_their_mean_before_and_after_the_rounds() {
        Plan plan = plan(false);

        Summary summary = Summary.of(plan, results(plan));

        // 0.5, 0.6, 0.7 and 0.53, 0.63, 0.73: their mean, and their sample standard deviation by numpy.std(ddof=1)
        SummaryRow after = row(summary, "models es", "es");
        assertThat(after.mean()).isCloseTo(0.615, within(1e-12));
        assertThat(after.std()).isCloseTo(0.09093954, within(1e-8));
        assertThat(after.n()).isEqualTo(6);
        assertThat(row(summary, "models es warm-up", "es").mean()).isCloseTo(0.415, within(1e-12));
        assertThat(summary.rows().stream().map(SummaryRow::stage).distinct())
                .containsSubsequence("c de warm-up", "models de warm-up", "ensemble de warm-up")
                .containsSubsequence("c es", "models es", "ensemble es");
        assertThat(Format.Csv.render(summary)).contains("\nmodels es,es,test,SpanF1,0.61");
        assertThat(Format.Table.render(summary)).contains("models es warm-up");
        assertThat(Format.Json.render(summary)).contains("\"stage\" : \"models es\"");
    }

    @Test
    void a_mean_of_some_of_the_models_is_none() {
        Plan plan = plan(false);
        Map<StepKey, StepResult> results = results(plan);
        plan.steps().stream()
                .filter(step -> step.spec() instanceof EvaluateStep && Objects.equals(step.seed(), 2L))
                .filter(step -> step.stages().contains("b es"))
                .forEach(step -> results.remove(step.key()));

        assertThat(row(Summary.of(plan, results), "models es", "es").n()).isEqualTo(3);
    }

    @Test
    void a_warm_up_that_targets_share_has_a_row_for_each_of_them() {
        Plan plan = plan(true);

        Summary summary = Summary.of(plan, results(plan));

        assertThat(row(summary, "a es warm-up", "es").mean()).isCloseTo(0.315, within(1e-12));
        assertThat(row(summary, "models de warm-up", "de").n()).isEqualTo(6);
    }

    @Test
    void a_model_that_is_measured_on_other_targets_is_judged_by_its_own() {
        Plan plan = plan(true);

        Summary summary = Summary.of(plan, results(plan));
        Rounds rounds = Rounds.of(plan, results(plan));

        assertThat(row(summary, "c es", "de").mean()).isEqualTo(0.9);
        assertThat(Objects.requireNonNull(summary.best()).mean()).isCloseTo(0.715, within(1e-12));
        assertThat(rounds.models().stream().filter(model -> model.model().equals("c es")))
                .singleElement()
                .satisfies(model -> assertThat(model.last()).isEqualTo("0.7150"));
        assertThat(rounds.best().map(RoundRow::score)).hasValue("0.7150");
        assertThat(RoundTable.aligned(rounds))
                .contains("score: SpanF1 on test, mean over seeds, on the model's target");
    }

    @Test
    void every_number_of_every_round_is_a_line_of_csv() {
        Plan plan = plan(false);

        String csv = RoundMeasures.HEADER + RoundMeasures.csv(plan, results(plan));

        assertThat(csv).startsWith("""
                run,model,target,seed,round,measure,language,split,value
                three,a,de,1,0,SpanF1,de,dev,0.29
                three,a,de,1,0,SpanF1,de,test,0.3
                three,a,de,1,0,SpanF1,en,dev,0.79
                """).contains("""
                three,c,es,2,1,labelled,,,
                """.strip(), """
                three,c,es,2,1,selected,,,20.0
                three,c,es,2,1,wrong,,,0.25
                three,c,es,2,1,agreement,,,0.5
                three,c,es,2,1,judged,,,2.0
                three,c,es,2,1,accepted,,,2.0
                three,c,es,2,1,selectionScore,,,0.4
                three,c,es,2,1,cleanMean,es,train,0.""", "three,ensemble,es,2,1,SpanF1,es,dev,0.");
    }

    @Test
    void the_csv_holds_what_the_table_shows_as_means() {
        Plan plan = plan(true);
        Map<StepKey, StepResult> results = results(plan);
        List<RoundMeasure> measures = RoundMeasures.of(plan, results);

        for (RoundRow row : Rounds.of(plan, results).rows()) {
            double mean = measures.stream()
                    .filter(each -> each.round() == row.round()
                            && (each.model() + " " + each.target()).equals(row.model())
                            && Objects.equals(each.language(), each.target())
                            && Objects.equals(each.split(), "test"))
                    .mapToDouble(RoundMeasure::value)
                    .average()
                    .orElseThrow();
            assertThat(mean).isCloseTo(Objects.requireNonNull(row.headline()).value(), within(1e-12));
        }
        assertThat(measures)
                .extracting(RoundMeasure::model, RoundMeasure::target, RoundMeasure::seed, RoundMeasure::round)
                .contains(tuple("b", "de", 2L, 0), tuple("b", "es", 2L, 0), tuple("ensemble", "de", 1L, 1));
    }

    @Test
    void a_cell_with_a_comma_or_a_quote_is_quoted() {
        assertThat(Csv.line("a,b", null, "say \"x\"", 1, 0.5)).isEqualTo("\"a,b\",,\"say \"\"x\"\"\",1,0.5\n");
    }
}
