package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.task.Metric;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.Planner;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: {}}}
              encoder: {location: {uri: "hf://bert"}}
              source: en
              targets: [de, fr]
              seeds: SEEDS
              stages: [{fineTune: {}}]
            """;

    private static Plan plan(String seeds) {
        var manifest = ManifestReader.read("lab.yaml", MANIFEST.replace("SEEDS", seeds))
                .getFirst();
        return Planner.plan("lab", ((Manifest.TransferExperimentManifest) manifest).spec());
    }

    /// Seed s scores 0.9 on English, 0.5 + s/10 on German, 0.3 + s/10 on French.
    private static Summary summary(Plan plan) {
        Map<StepKey, StepResult> results = new HashMap<>();
        for (PlannedStep step : plan.steps()) {
            if (!(step.spec() instanceof EvaluateStep) || step.seed() == null) continue;
            double bonus = step.seed() / 10.0;
            List<Score> scores = List.of(score("de", 0.5 + bonus), score("en", 0.9), score("fr", 0.3 + bonus));
            results.put(step.key(), result(step.key(), scores));
        }
        return Summary.of(plan, results);
    }

    private static Score score(String language, double value) {
        return new Score(language, "test", Metric.Accuracy, value, 100);
    }

    private static StepResult result(StepKey key, List<Score> scores) {
        var provenance = new Provenance(Instant.EPOCH, Instant.EPOCH, Map.of(), "cpu", 1, Map.of());
        return new StepResult(key, "Evaluate", scores, Facts.NONE, provenance);
    }

    @Test
    void the_source_comes_first_and_the_average_over_targets_last() {
        assertThat(summary(plan("[1, 2, 3]")).rows())
                .extracting(SummaryRow::language)
                .containsExactly("en", "de", "fr", "average");
    }

    @Test
    void the_average_is_taken_over_targets_before_seeds() {
        SummaryRow average = summary(plan("[1, 2, 3]")).rows().getLast();

        assertThat(average.mean()).isCloseTo(0.6, within(1e-12));
        assertThat(average.std()).isCloseTo(0.1, within(1e-12));
        assertThat(average.n()).isEqualTo(3);
    }

    @Test
    void the_best_is_an_average_of_the_main_score_on_the_test_split() {
        Plan plan = plan("[1]");
        Map<StepKey, StepResult> results = new HashMap<>();
        for (PlannedStep step : plan.steps())
            if (step.spec() instanceof EvaluateStep)
                results.put(
                        step.key(),
                        result(
                                step.key(),
                                List.of(
                                        new Score("de", "dev", Metric.SpanF1, 0.9, 100),
                                        new Score("de", "test", Metric.SpanF1, 0.6, 100),
                                        new Score("de", "test", Metric.Accuracy, 0.95, 100),
                                        new Score("en", "test", Metric.SpanF1, 0.8, 100),
                                        new Score("fr", "test", Metric.SpanF1, 0.4, 100))));

        SummaryRow best = Objects.requireNonNull(Summary.of(plan, results).best());

        assertThat(best.language()).isEqualTo(Summary.AVERAGE);
        assertThat(best.metric()).isEqualTo(Metric.SpanF1);
        assertThat(best.mean()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void what_is_not_there_yet_is_left_out() {
        assertThat(Summary.of(plan("[1]"), Map.of()).rows()).isEmpty();
        assertThat(Summary.of(plan("[1]"), Map.of()).best()).isNull();
    }

    @Test
    void status_shows_four_places_and_no_spread_of_one_seed() {
        var row = summary(plan("[1]")).rows().get(1).toResult();

        assertThat(row.mean()).isEqualTo("0.6000");
        assertThat(row.std()).isNull();
    }

    @Test
    void a_terminal_gets_aligned_columns() {
        assertThat(Format.Table.render(summary(plan("[1, 2, 3]")))).isEqualTo("""
                        stage     split  metric    language   mean  ± std  ± 95 %  n
                        ────────  ─────  ────────  ────────  ─────  ─────  ──────  ─
                        fineTune  test   Accuracy  en        90.00   0.00    0.00  3
                        fineTune  test   Accuracy  de        70.00  10.00   24.84  3
                        fineTune  test   Accuracy  fr        50.00  10.00   24.84  3
                        fineTune  test   Accuracy  average   60.00  10.00   24.84  3
                        """);
    }

    @Test
    void one_seed_shows_a_dash() {
        assertThat(Format.Table.render(summary(plan("[1]")))).contains("90.00      –       –  1");
    }

    @Test
    void a_paper_gets_a_booktabs_table_with_languages_as_columns() {
        assertThat(Format.Latex.render(summary(plan("[1, 2, 3]"))))
                .contains("stage & split & metric & en & de & fr & average \\\\")
                .contains("fineTune & test & Accuracy & $90.00 \\pm 0.00$ & $70.00 \\pm 10.00$")
                .startsWith("% \\usepackage{booktabs}\n\\begin{tabular}{lllrrrr}\n\\toprule")
                .endsWith("% In per cent; mean and standard deviation over seeds.\n");
    }

    @Test
    void files_get_numbers_in_full() {
        Summary one = summary(plan("[1]"));

        assertThat(Format.Csv.render(one))
                .startsWith("stage,language,split,metric,mean,std,ci95,n\nfineTune,en,test,Accuracy,0.9,,,1\n");
        assertThat(Format.Json.render(one)).contains("\"mean\" : 0.9").contains("\"std\" : null");
        assertThat(Format.Markdown.render(one)).contains("| fineTune | test | Accuracy | de | 60.00 | – | – | 1 |");
    }
}
