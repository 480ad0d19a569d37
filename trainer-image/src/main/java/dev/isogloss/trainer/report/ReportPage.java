package dev.isogloss.trainer.report;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Comparison;
import dev.isogloss.report.Format;
import dev.isogloss.report.ScoreGrid;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.figure.FigureDrawing;
import dev.isogloss.trainer.figure.MarkupText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A report as one page of HTML that needs nothing beside it: tables, figures, and for every number the steps and the
/// data that it rests on. Its script adds sorting and copying; without it nothing is missing.
public final class ReportPage {
    private final List<ReportSection> sections;
    private final String version;
    private final StringBuilder out = new StringBuilder();

    private ReportPage(List<ReportSection> sections, String version) {
        this.sections = sections;
        this.version = version;
    }

    /// @param version of the program
    public static String html(List<ReportSection> sections, String version) {
        return new ReportPage(sections, version).page();
    }

    private String page() {
        String title = sections.stream().map(ReportSection::name).collect(Collectors.joining(", "));
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(text(title))
                .append("</title>\n")
                .append("<style>\n")
                .append(resource("report.css"))
                .append("</style>\n</head>\n<body>\n<main>\n");
        out.append("<h1>Results</h1>\n");
        if (sections.size() > 1) contents();
        sections.forEach(this::section);
        out.append("<footer>Made by isogloss ")
                .append(text(version))
                .append(" report.</footer>\n</main>\n<script>\n")
                .append(resource("report.js"))
                .append("</script>\n</body>\n</html>\n");
        return out.toString();
    }

    private void contents() {
        out.append("<nav><ol>\n");
        for (ReportSection section : sections)
            out.append("<li><a href=\"#%s\">%s</a></li>\n".formatted(anchor(section), text(section.name())));
        out.append("</ol></nav>\n");
    }

    private static String anchor(ReportSection section) {
        return text(section.name());
    }

    private void section(ReportSection section) {
        out.append("<section id=\"%s\">\n<h2>%s</h2>\n".formatted(anchor(section), text(section.name())));
        if (section.missing() > 0)
            out.append("<p class=\"missing\">%d of %d steps have no result yet: what is shown is not all.</p>\n"
                    .formatted(section.missing(), section.plan().steps().size()));
        if (section.summary().rows().isEmpty()) out.append("<p>No scores yet.</p>\n");
        else table(section);
        for (ReportFigure figure : section.figures()) figure(figure);
        provenance(section);
        out.append("</section>\n");
    }

    // ---- tables

    private void table(ReportSection section) {
        ScoreGrid grid = ScoreGrid.of(section.summary());
        List<String> languages = grid.languages();
        out.append(
                        "<div class=\"table\"><table class=\"scores\">\n<caption>Per cent: mean over seeds ± standard deviation,")
                .append(
                        " and below the 95 % interval of the mean (Student's t). Average: over the targets. n: seeds; of a mean over models, models times seeds.</caption>\n")
                .append("<thead><tr><th>stage</th><th>split</th><th>metric</th>");
        languages.forEach(language ->
                out.append("<th class=\"number\">").append(text(language)).append("</th>"));
        out.append("<th class=\"number\">n</th></tr></thead>\n<tbody>\n");
        grid.lines().forEach((row, cells) -> {
            out.append("<tr><th>%s</th><td>%s</td><td>%s</td>"
                    .formatted(text(row.stage()), text(row.split()), text(row.metric())));
            languages.forEach(language -> cell(cells.get(language)));
            int seeds = cells.values().stream().mapToInt(SummaryRow::n).max().orElse(0);
            out.append("<td class=\"number\">%d</td></tr>\n".formatted(seeds));
        });
        out.append("</tbody>\n</table></div>\n");
        copies(section);
        switch (section.comparison()) {
            case BaselineComparison.None _ -> {}
            case BaselineComparison.Incomparable no ->
                out.append("<p class=\"missing\">Not compared with the baseline: %s</p>\n".formatted(text(no.why())));
            case BaselineComparison.Compared compared -> comparison(compared.comparison());
        }
    }

    private void comparison(Comparison comparison) {
        out.append("<div class=\"table\"><table>\n<caption>%s − %s, %s on %s, in points: 95 % interval by paired"
                .replace("95 %", "95 %%")
                .formatted(text(comparison.b()), text(comparison.a()), comparison.metric(), text(comparison.split())));
        out.append(
                        " bootstrap over examples; p by approximate randomisation, adjusted for the number of languages (Holm).")
                .append("</caption>\n<thead><tr><th>language</th><th class=\"number\">difference</th>")
                .append("<th class=\"number\">95 % interval</th><th class=\"number\">p</th></tr></thead>\n<tbody>\n");
        comparison.rows().forEach((language, row) -> {
            Double p = comparison.adjusted().getOrDefault(language, row.pRandomisation());
            String sure = row.low() > 0 || row.high() < 0 ? " class=\"sure\"" : "";
            out.append(("<tr%s><th>%s</th><td class=\"number\">%s</td><td class=\"number\">[%s, %s]</td>"
                            + "<td class=\"number\">%s</td></tr>\n")
                    .formatted(
                            sure,
                            text(language),
                            signed(row.difference()),
                            signed(row.low()),
                            signed(row.high()),
                            String.format(Locale.ROOT, "%.4f", p)));
        });
        out.append("</tbody>\n</table></div>\n");
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f", 100 * share).replace('-', '−');
    }

    private void cell(@Nullable SummaryRow row) {
        if (row == null) {
            out.append("<td class=\"number\">–</td>");
            return;
        }
        Double std = row.std();
        Double half = row.ci95();
        out.append("<td class=\"number\" data-value=\"%s\">%s".formatted(row.mean(), percent(row.mean())));
        if (std != null) out.append(" <span>± %s</span>".formatted(percent(std)));
        if (half != null)
            out.append("<small>[%s, %s]</small>".formatted(percent(row.mean() - half), percent(row.mean() + half)));
        out.append("</td>");
    }

    /// Texts that the script's buttons copy.
    private void copies(ReportSection section) {
        for (Format format : List.of(Format.Latex, Format.Csv, Format.Markdown))
            out.append("<template data-copy=\"%s\">%s</template>\n"
                    .formatted(
                            format == Format.Markdown ? "Markdown" : format == Format.Csv ? "CSV" : "LaTeX",
                            text(format.render(section.summary()))));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share).replace('-', '−');
    }

    // ---- figures

    private void figure(ReportFigure figure) {
        out.append("<figure>\n").append(FigureDrawing.svg(figure.figure()));
        out.append("<figcaption>%s <span>figures/%s.svg, figures/%s.csv</span></figcaption>\n</figure>\n"
                .formatted(text(figure.caption()), text(figure.name()), text(figure.name())));
    }

    // ---- provenance

    private void provenance(ReportSection section) {
        Map<StepKey, PlannedStep> steps = new LinkedHashMap<>();
        section.plan().steps().forEach(step -> steps.put(step.key(), step));
        List<PlannedStep> done = section.plan().steps().stream()
                .filter(step -> section.results().containsKey(step.key()))
                .toList();
        out.append("<details>\n<summary>Where these numbers come from</summary>\n");
        out.append("<p>Again: <code>isogloss run %s</code>. One step: <code>isogloss store show KEY</code>.</p>\n"
                .formatted(text(section.file())));
        out.append("<div class=\"table\"><table class=\"steps\">\n<thead><tr><th>step</th><th>key</th><th>reads</th>")
                .append("<th>scores</th><th>ended</th></tr></thead>\n<tbody>\n");
        for (PlannedStep step : done) {
            StepResult result = Objects.requireNonNull(section.results().get(step.key()));
            out.append("<tr><th>%s</th><td><code>%s</code></td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                    .formatted(
                            text(step.title()),
                            step.key(),
                            step.inputs().stream()
                                    .map(StepKey::brief)
                                    .sorted()
                                    .map(key -> "<code>" + key + "</code>")
                                    .collect(Collectors.joining(" ")),
                            scores(result),
                            result.provenance().finished()));
        }
        out.append("</tbody>\n</table></div>\n");
        data(done, section.results());
        machines(done, section.results());
        out.append("</details>\n");
    }

    private static String scores(StepResult result) {
        return result.scores().stream()
                .map(score -> "%s %s %s %s"
                        .formatted(text(score.language()), text(score.split()), score.metric(), percent(score.value())))
                .collect(Collectors.joining("<br>"));
    }

    private void data(List<PlannedStep> done, Map<StepKey, StepResult> results) {
        Map<String, Set<String>> files = new TreeMap<>();
        for (PlannedStep step : done)
            provenance(step, results).data().forEach((file, sha256) -> files.computeIfAbsent(
                            file, _ -> new LinkedHashSet<>())
                    .add(sha256));
        if (files.isEmpty()) return;
        out.append(
                        "<div class=\"table\"><table class=\"steps\">\n<thead><tr><th>file that was read</th><th>SHA-256</th>")
                .append("</tr></thead>\n<tbody>\n");
        files.forEach((file, digests) -> out.append("<tr><th>%s</th><td><code>%s</code></td></tr>\n"
                .formatted(text(file), text(String.join(" ", digests)))));
        out.append("</tbody>\n</table></div>\n");
    }

    private void machines(List<PlannedStep> done, Map<StepKey, StepResult> results) {
        Set<String> machines = new LinkedHashSet<>();
        for (PlannedStep step : done) {
            Provenance provenance = provenance(step, results);
            machines.add(new TreeMap<>(provenance.software())
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        machines.forEach(machine -> out.append("<p>With ").append(text(machine)).append(".</p>\n"));
    }

    private static Provenance provenance(PlannedStep step, Map<StepKey, StepResult> results) {
        return Objects.requireNonNull(results.get(step.key())).provenance();
    }

    // ---- text

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
