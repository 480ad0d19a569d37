package dev.isogloss.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.Plan;
import dev.isogloss.report.Summary;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Point;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final ReportFigure FIGURE = new ReportFigure(
            "a-b", new Lines("title", "x", "y", List.of(new Line("l", List.of(new Point(1, 2))))), "What it shows.");
    private static final AcrossExperiments NOTHING_ACROSS = new AcrossExperiments(List.of(), List.of(), List.of());

    @TempDir
    Path folder;

    private ReportSection section(String name, int languages, ReportFigure... figures) {
        List<SummaryRow> rows = IntStream.range(0, languages)
                .mapToObj(i -> new SummaryRow("s", "l" + i, "test", Metric.Accuracy, 0.5, null, null, 1))
                .toList();
        return new ReportSection(
                new ReportedExperiment(
                        name + ".yaml",
                        name,
                        JsonNodeFactory.instance.objectNode(),
                        new Plan(name, List.of()),
                        Store.open(folder),
                        Map.of(),
                        new Summary(rows, null, Map.of())),
                List.of(figures),
                new BaselineComparison.None());
    }

    private static String page(Report report) {
        return ReportPage.html(report, "1");
    }

    @Test
    void a_table_of_more_languages_than_a_sheet_holds_upright_is_printed_across_it() {
        assertThat(page(new Report(List.of(), List.of(section("few", 7)), NOTHING_ACROSS)))
                .contains("<div class=\"table\">");
        assertThat(page(new Report(List.of(), List.of(section("many", 8)), NOTHING_ACROSS)))
                .contains("<div class=\"table wide\">")
                .contains("@page wide { size: A4 landscape; }");
    }

    /// As those of an experiment a with a figure b, and of an experiment a-b.
    @Test
    void figures_of_different_experiments_never_share_a_file() {
        Report report = new Report(
                List.of(),
                List.of(section("a", 1, FIGURE, FIGURE), section("b", 1, FIGURE)),
                new AcrossExperiments(List.of(FIGURE), List.of(), List.of()));

        assertThat(report.figures().map(ReportFigure::name)).containsExactly("a-b", "a-b-2", "a-b-3", "a-b-4");
        assertThat(page(report)).contains("figures/a-b-4.svg, .csv");
    }

    @Test
    void a_table_across_experiments_has_its_files_and_its_numbers_to_the_right() {
        ReportTable table = new ReportTable(
                "won",
                "What is won.",
                List.of("system", "won"),
                1,
                List.of(List.of("a, b", "+1.0"), List.of("c", "–")));
        Report report = new Report(
                List.of(),
                List.of(section("a", 1)),
                new AcrossExperiments(List.of(), List.of(table), List.of("Not all is shown.")));

        assertThat(page(report))
                .contains("<p class=\"missing\">Not all is shown.</p>")
                .contains("<tr><th>system</th><th class=\"number\">won</th></tr>")
                .contains("<tr><td>a, b</td><td class=\"number\">+1.0</td></tr>")
                .contains("What is won. <span>tables/won.csv, .md, .tex</span>");
        assertThat(table.csv()).isEqualTo("system,won\n\"a, b\",+1.0\nc,–\n");
        assertThat(table.markdown()).isEqualTo("""
                | system | won |
                |---|---:|
                | a, b | +1.0 |
                | c | – |
                """);
        assertThat(table.latex()).isEqualTo("""
                \\begin{tabular}{lr}
                \\toprule
                system & won \\\\
                \\midrule
                a, b & +1.0 \\\\
                c & -- \\\\
                \\bottomrule
                \\end{tabular}
                """);
    }
}
