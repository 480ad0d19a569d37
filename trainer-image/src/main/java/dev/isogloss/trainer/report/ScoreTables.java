package dev.isogloss.trainer.report;

import dev.isogloss.report.Format;
import dev.isogloss.report.ScoreGrid;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.trainer.figure.MarkupText;
import dev.isogloss.trainer.report.BaselineComparison.StageComparison;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The tables of a report's page: scores, comparisons with a baseline, and others.
final class ScoreTables {
    /// Columns of numbers that a sheet of paper holds upright; tables of more are printed across it.
    private static final int UPRIGHT = 7;

    private final StringBuilder out;

    ScoreTables(StringBuilder out) {
        this.out = out;
    }

    void scores(ReportedExperiment experiment) {
        ScoreGrid grid = ScoreGrid.of(experiment.summary());
        List<String> languages = grid.languages();
        out.append("<div class=\"table%s\"><table class=\"scores\">\n"
                        .formatted(languages.size() > UPRIGHT ? " wide" : ""))
                .append(
                        "<caption>Per cent: mean over seeds ± standard deviation, and below the 95 % interval of the mean")
                .append(" (Student's t). Average: over the targets. n: seeds; of a mean over models, models times")
                .append(" seeds.</caption>\n")
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
        copies(experiment);
    }

    void comparison(StageComparison comparison) {
        out.append("<div class=\"table\"><table>\n<caption>%s − %s, %s on %s, in points: 95 %% interval by paired"
                .formatted(
                        text(comparison.stage().title()),
                        text(comparison.baseline().title()),
                        comparison.metric(),
                        text(comparison.split())));
        out.append(" bootstrap over examples; p by approximate randomisation, %s.</caption>\n"
                        .formatted(text(comparison.adjustment())))
                .append("<thead><tr><th>language</th><th class=\"number\">difference</th>")
                .append("<th class=\"number\">95 % interval</th><th class=\"number\">p</th></tr></thead>\n<tbody>\n");
        comparison.differences().forEach((language, row) -> {
            String sure = row.low() > 0 || row.high() < 0 ? " class=\"sure\"" : "";
            out.append(("<tr%s><th>%s</th><td class=\"number\">%s</td><td class=\"number\">[%s, %s]</td>"
                            + "<td class=\"number\">%s</td></tr>\n")
                    .formatted(
                            sure,
                            text(language),
                            Percent.signed(row.value()),
                            Percent.signed(row.low()),
                            Percent.signed(row.high()),
                            String.format(Locale.ROOT, "%.4f", row.p())));
        });
        out.append("</tbody>\n</table></div>\n");
    }

    private void cell(@Nullable SummaryRow row) {
        if (row == null) {
            out.append("<td class=\"number\">–</td>");
            return;
        }
        Double std = row.std();
        Double half = row.ci95();
        out.append("<td class=\"number\" data-value=\"%s\">%s".formatted(row.mean(), Percent.of(row.mean())));
        if (std != null) out.append(" <span>± %s</span>".formatted(Percent.of(std)));
        if (half != null)
            out.append(
                    "<small>[%s, %s]</small>".formatted(Percent.of(row.mean() - half), Percent.of(row.mean() + half)));
        out.append("</td>");
    }

    /// Texts that the script's buttons copy.
    private void copies(ReportedExperiment experiment) {
        for (Format format : List.of(Format.Latex, Format.Csv, Format.Markdown))
            out.append("<template data-copy=\"%s\">%s</template>\n"
                    .formatted(
                            format == Format.Markdown ? "Markdown" : format == Format.Csv ? "CSV" : "LaTeX",
                            text(format.render(experiment.summary()))));
    }

    void table(ReportTable table) {
        out.append("<div class=\"table\"><table>\n<caption>%s <span>tables/%s.csv, .md, .tex</span></caption>\n<thead>"
                .formatted(text(table.caption()), text(table.name())));
        row(table, table.header(), "th");
        out.append("</thead>\n<tbody>\n");
        table.rows().forEach(cells -> row(table, cells, "td"));
        out.append("</tbody>\n</table></div>\n");
    }

    private void row(ReportTable table, List<String> cells, String tag) {
        out.append("<tr>");
        for (int i = 0; i < cells.size(); i++)
            out.append("<%1$s%2$s>%3$s</%1$s>"
                    .formatted(tag, i < table.texts() ? "" : " class=\"number\"", text(cells.get(i))));
        out.append("</tr>\n");
    }

    private static String text(String text) {
        return MarkupText.of(text);
    }
}
