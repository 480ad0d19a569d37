package dev.isogloss.trainer.report;

import dev.isogloss.trainer.figure.FigureDrawing;
import dev.isogloss.trainer.figure.MarkupText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// A report as one page of HTML that needs nothing beside it: tables, figures, and for every number the steps and the
/// data that it rests on. Its script adds sorting and copying; without it nothing is missing.
public final class ReportPage {
    /// No experiment can have this name.
    private static final String ACROSS = "_across";

    private final Report report;
    private final String version;
    private final StringBuilder out = new StringBuilder();
    private final ScoreTables tables = new ScoreTables(out);
    private final ProvenanceTables provenance = new ProvenanceTables(out);

    private ReportPage(Report report, String version) {
        this.report = report;
        this.version = version;
    }

    /// @param version of the program
    public static String html(Report report, String version) {
        return new ReportPage(report, version).page();
    }

    private String page() {
        String title = report.sections().stream()
                .map(section -> section.experiment().name())
                .collect(Collectors.joining(", "));
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(text(title))
                .append("</title>\n")
                .append("<style>\n")
                .append(resource("report.css"))
                .append("</style>\n</head>\n<body>\n<main>\n");
        out.append("<h1>Results</h1>\n");
        if (report.benchmarks().size() + report.sections().size() > 1) contents();
        report.benchmarks().forEach(this::benchmark);
        if (!report.across().isEmpty()) across(report.across());
        report.sections().forEach(this::section);
        out.append("<footer>Made by isogloss ")
                .append(text(version))
                .append(" report.</footer>\n</main>\n<script>\n")
                .append(resource("report.js"))
                .append("</script>\n</body>\n</html>\n");
        return out.toString();
    }

    private void contents() {
        out.append("<nav><ol>\n");
        report.benchmarks().forEach(benchmark -> link(benchmark.name()));
        if (!report.across().isEmpty()) out.append("<li><a href=\"#" + ACROSS + "\">Across experiments</a></li>\n");
        report.sections().forEach(section -> link(section.experiment().name()));
        out.append("</ol></nav>\n");
    }

    private void link(String name) {
        out.append("<li><a href=\"#%1$s\">%1$s</a></li>\n".formatted(text(name)));
    }

    private void benchmark(ReportedBenchmark benchmark) {
        out.append("<section id=\"%1$s\">\n<h2>%1$s</h2>\n".formatted(text(benchmark.name())));
        tables.table(benchmark.shown());
        out.append("</section>\n");
    }

    private void across(AcrossExperiments across) {
        out.append("<section id=\"" + ACROSS + "\">\n<h2>Across experiments</h2>\n");
        across.notes().forEach(this::note);
        across.tables().forEach(tables::table);
        figures(across.figures());
        out.append("</section>\n");
    }

    private void section(ReportSection section) {
        ReportedExperiment experiment = section.experiment();
        out.append("<section id=\"%1$s\">\n<h2>%1$s</h2>\n".formatted(text(experiment.name())));
        if (experiment.missing() > 0)
            note("%d of %d steps have no result yet: what is shown is not all."
                    .formatted(experiment.missing(), experiment.plan().steps().size()));
        if (experiment.summary().rows().isEmpty()) out.append("<p>No scores yet.</p>\n");
        else tables.scores(experiment);
        switch (section.comparison()) {
            case BaselineComparison.None _ -> {}
            case BaselineComparison.Incomparable no -> note("Not compared with the baseline: " + no.why());
            case BaselineComparison.Compared compared -> compared.stages().forEach(tables::comparison);
        }
        figures(section.figures());
        provenance.of(experiment);
        out.append("</section>\n");
    }

    private void note(String sentence) {
        out.append("<p class=\"missing\">").append(text(sentence)).append("</p>\n");
    }

    private void figures(List<ReportFigure> figures) {
        if (figures.isEmpty()) return;
        out.append("<div class=\"figures\">\n");
        figures.forEach(this::figure);
        out.append("</div>\n");
    }

    private void figure(ReportFigure figure) {
        out.append("<figure>\n").append(FigureDrawing.svg(figure.figure()));
        out.append("<figcaption>%s <span>figures/%s.svg, .csv</span></figcaption>\n</figure>\n"
                .formatted(text(figure.caption()), text(figure.name())));
    }

    private static String text(String text) {
        return MarkupText.of(text);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
