package dev.isogloss.report.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.Golden;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Format;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.report.benchmark.BenchmarkTable.Cell;
import dev.isogloss.report.benchmark.BenchmarkTable.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lines and cells of a benchmark's table, from results of its steps.
class BenchmarkTableTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/isogloss/report/benchmark");
    private static final Map<String, Double> FALLING = Map.of("en", 0.0, "de", -0.1, "fr", -0.2);

    private static Cell cell(Line line, String column) {
        return Objects.requireNonNull(line.cells().get(column));
    }

    @Test
    void a_cell_is_the_mean_over_seeds_and_the_average_is_over_targets() {
        Line line = new BenchmarkResults().scores("zero-shot", 0.8, FALLING).line("zero-shot");

        assertThat(cell(line, "en").score().mean()).isCloseTo(0.815, within(1e-12));
        assertThat(cell(line, "en").score().n()).isEqualTo(2);
        assertThat(cell(line, "average").score().mean()).isCloseTo(0.665, within(1e-12));
        // t of one degree of freedom is 12.706; the standard deviation of 0.81 and 0.82 is 0.0070711
        assertThat(cell(line, "en").score().ci95()).isCloseTo(12.706 * 0.0070711 / Math.sqrt(2), within(1e-5));
        assertThat(line.headline()).isEqualTo("average");
    }

    @Test
    void where_each_target_has_a_model_the_source_counts_with_the_mean_of_them() {
        BenchmarkResults results = new BenchmarkResults(
                "sweep: {system: iwda, over: {\"stages[1].iwda.lambdaAlign\": [1e-3, 0.01]}}\n  ", "");
        Line line = results.scores("iwda", 0.8, FALLING).line("iwda");

        assertThat(cell(line, "en").score().mean()).isCloseTo(0.815, within(1e-12));
        assertThat(cell(line, "average").score().mean()).isCloseTo(0.665, within(1e-12));
    }

    @Test
    void a_seed_counts_in_the_average_once_all_of_its_models_are_measured() {
        BenchmarkResults results = new BenchmarkResults(
                "sweep: {system: iwda, over: {\"stages[1].iwda.lambdaAlign\": [1e-3, 0.01]}}\n  ", "");
        results.scores("iwda", 0.8, FALLING);
        StepKey one = results.system("iwda")
                .candidates()
                .getFirst()
                .measured()
                .getFirst()
                .evaluations()
                .getFirst();
        results.results().remove(one);

        assertThat(cell(results.line("iwda"), "average").score().n()).isEqualTo(1);
    }

    @Test
    void a_swept_line_is_empty_until_a_candidate_is_chosen_and_then_that_of_the_candidate() {
        BenchmarkResults results = new BenchmarkResults().scores("iwda", 0.8, FALLING);

        assertThat(results.line("iwda").cells()).isEmpty();
        assertThat(results.line("iwda").chosen()).isNull();
        results.chosen("iwda", 2);
        assertThat(results.line("iwda").cells()).isNotEmpty();
        assertThat(results.line("iwda").title()).isEqualTo("iwda (lambdaAlign=0.01)");
    }

    @Test
    void the_best_of_a_column_needs_somebody_to_be_better_than() {
        BenchmarkResults results = new BenchmarkResults().scores("zero-shot", 0.8, FALLING);
        assertThat(cell(results.line("zero-shot"), "de").best()).isFalse();

        results.scores("labse", 0.7, FALLING);
        assertThat(cell(results.line("zero-shot"), "de").best()).isTrue();
        assertThat(cell(results.line("labse"), "de").best()).isFalse();
    }

    @Test
    void a_system_that_failed_says_why_and_leaves_the_others_their_stars() {
        BenchmarkResults results = whole();
        PlannedStep broken = results.plan.steps().stream()
                .filter(step -> step.title().startsWith("co: ") && step.spec() instanceof EvaluateStep)
                .findFirst()
                .orElseThrow();
        results.system("co").candidates().getFirst().measured().forEach(seed -> seed.evaluations()
                .forEach(results.results()::remove));
        results.results().remove(Objects.requireNonNull(results.system("co").comparison()));
        BenchmarkTable table =
                BenchmarkTable.of(results.plan, results.results(), Map.of(broken.key(), "no room on the device."));

        Line co = BenchmarkResults.line(table, "co");
        assertThat(co.failure()).isEqualTo(broken.title() + " failed: no room on the device.");
        assertThat(co.cells()).isEmpty();
        assertThat(cell(BenchmarkResults.line(table, "iwda"), "average").difference())
                .isNotNull()
                .extracting(Difference::adjusted)
                .isEqualTo(3 * 1e-4);
    }

    /// Whoever reads the store knows of no failure, and prints the same stars.
    @Test
    void a_failure_moves_no_star() {
        BenchmarkResults results = whole();
        StepKey broken = Objects.requireNonNull(results.system("co").comparison());
        results.results().remove(broken);

        BenchmarkTable told = BenchmarkTable.of(results.plan, results.results(), Map.of(broken, "no room."));

        assertThat(BenchmarkFormat.render(told, Format.Csv))
                .isEqualTo(BenchmarkFormat.render(results.table(), Format.Csv));
    }

    /// Of a system with a model for each target one is there: a language says nothing of the average.
    @Test
    void a_system_that_lacks_a_target_has_no_headline_and_is_not_the_best() {
        BenchmarkResults results = new BenchmarkResults(
                        "sweep: {system: iwda, over: {\"stages[1].iwda.lambdaAlign\": [1e-3, 0.01]}}\n  ", "")
                .scores("zero-shot", 0.7, FALLING)
                .scores("iwda", 0.8, FALLING);
        results.system("iwda").candidates().getFirst().measured().forEach(seed -> results.results()
                .remove(seed.evaluations().getFirst()));

        assertThat(results.line("iwda").headline()).isEqualTo("average");
        assertThat(results.line("iwda").headlineCell()).isEmpty();
        assertThat(results.line("iwda").cells()).isNotEmpty();
        assertThat(Objects.requireNonNull(results.table().summary().best()).stage())
                .isEqualTo("zero-shot");
    }

    @Test
    void averages_over_other_targets_are_not_held_against_each_other() {
        BenchmarkResults results = new BenchmarkResults("- name: labse", "- name: labse\n      targets: [de, es]")
                .scores("zero-shot", 0.8, FALLING)
                .scores("labse", 0.7, Map.of("en", 0.0, "de", -0.1, "es", 0.0));

        assertThat(cell(results.line("zero-shot"), "average").best()).isFalse();
        assertThat(cell(results.line("zero-shot"), "de").best()).isTrue();
        assertThat(results.table().summary().best()).isNull();
    }

    @Test
    void systems_with_other_headlines_have_no_best_among_them() {
        BenchmarkResults results = new BenchmarkResults("- name: labse", "- name: labse\n      targets: [de]")
                .scores("zero-shot", 0.8, FALLING)
                .scores("labse", 0.9, FALLING);

        assertThat(results.line("labse").headline()).isEqualTo("de");
        assertThat(results.table().summary().best()).isNull();
    }

    @Test
    void a_table_has_the_columns_of_all_systems_before_it_has_a_number() {
        assertThat(new BenchmarkResults().table().columns()).containsExactly("en", "de", "fr", "average");
        assertThat(new BenchmarkResults("targets: [de, fr]", "targets: [de]")
                        .table()
                        .columns())
                .containsExactly("en", "de");
    }

    @Test
    void progress_counts_the_steps_of_each_line() {
        BenchmarkResults results = new BenchmarkResults().scores("zero-shot", 0.8, FALLING);
        Line line = results.line("zero-shot");

        assertThat(line.done()).isEqualTo(2);
        assertThat(line.total()).isEqualTo(4);
        assertThat(results.table().whole()).isZero();
        assertThat(whole().table().whole()).isEqualTo(4);
    }

    @Test
    void the_summary_has_systems_for_stages_and_the_best_average() {
        SummaryRow best = Objects.requireNonNull(whole().table().summary().best());

        assertThat(best.stage()).isEqualTo("labse");
        assertThat(best.language()).isEqualTo("average");
        assertThat(whole().table().summary().rows()).hasSize(4 * 4);
    }

    /// Everything is done: IWDA is better without doubt, co-training is not, LaBSE is in one language.
    private static BenchmarkResults whole() {
        return new BenchmarkResults()
                .scores("zero-shot", 0.8, FALLING)
                .scores("iwda", 0.82, FALLING)
                .scores("co", 0.79, FALLING)
                .scores("labse", 0.83, FALLING)
                .chosen("iwda", 2)
                .compared("iwda", 0.7, 0.72, Map.of("de", 1e-4, "en", 0.3, "fr", 2e-4, "average", 1e-4))
                .compared("co", 0.7, 0.69, Map.of("de", 0.5, "en", 0.9, "fr", 0.6, "average", 0.4))
                .compared("labse", 0.7, 0.73, Map.of("de", 0.006, "en", 0.04, "fr", 0.2, "average", 0.004))
                .done();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void each_format_is_as_its_golden_file_shows_it(Format format) {
        BenchmarkTable table = whole().table()
                .withPublished(Map.of("zero-shot", Map.of("en", 82.1, "de", 70.25), "labse", Map.of("average", 64.0)));
        String ending =
                switch (format) {
                    case Table -> "txt";
                    case Csv -> "csv";
                    case Json -> "json";
                    case Markdown -> "md";
                    case Latex -> "tex";
                };

        Golden.assertHolds(GOLDEN.resolve("table." + ending), BenchmarkFormat.render(table, format));
    }

    @Test
    void published_numbers_are_there_before_anything_has_run() {
        BenchmarkTable table =
                new BenchmarkResults().table().withPublished(Map.of("zero-shot", Map.of("de", 70.25, "average", 64.0)));

        assertThat(BenchmarkFormat.render(table, Format.Csv).lines().skip(1))
                .containsExactly(
                        "zero-shot,,de,test,Accuracy,,,,,,,,,,,0.7025",
                        "zero-shot,,average,test,Accuracy,,,,,,,,,,,0.64");
        assertThat(BenchmarkFormat.tree(table).at("/systems/0/scores").toString())
                .isEqualTo(
                        "[{\"language\":\"de\",\"published\":0.7025},{\"language\":\"average\",\"published\":0.64}]");
    }

    @Test
    void of_one_seed_no_table_speaks_of_intervals() {
        BenchmarkTable one = new BenchmarkResults("seeds: [1, 2]", "seeds: [1]")
                .scores("zero-shot", 0.8, FALLING)
                .table();
        BenchmarkTable none = new BenchmarkResults("seeds: [1, 2]", "seeds: [1]").table();

        for (Format format : List.of(Format.Table, Format.Markdown, Format.Latex)) {
            assertThat(BenchmarkFormat.render(one, format))
                    .contains(", one seed; *")
                    .doesNotContain("interval;");
            assertThat(BenchmarkFormat.render(none, format)).doesNotContain("one seed");
        }
    }
}
