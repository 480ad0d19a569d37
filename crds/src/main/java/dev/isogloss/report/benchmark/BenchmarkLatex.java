package dev.isogloss.report.benchmark;

import dev.isogloss.report.Latex;
import dev.isogloss.report.benchmark.BenchmarkTable.Cell;
import dev.isogloss.report.benchmark.BenchmarkTable.Line;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A benchmark's table as it goes into a paper: booktabs, the best of each column bold, stars, published numbers in
/// grey below ours.
final class BenchmarkLatex {
    private final BenchmarkTable table;

    BenchmarkLatex(BenchmarkTable table) {
        this.table = table;
    }

    String text() {
        StringBuilder out = new StringBuilder("% \\usepackage{booktabs}\n");
        if (hasPublished()) out.append("% \\usepackage{xcolor}\n");
        out.append("\\begin{tabular}{l")
                .append("r".repeat(table.columns().size()))
                .append("}\n\\toprule\nsystem");
        for (String column : table.columns()) out.append(" & ").append(Latex.escaped(column));
        out.append(" \\\\\n\\midrule\n");
        for (Line line : table.lines()) line(line, out);
        out.append("\\bottomrule\n\\end{tabular}\n% ")
                .append(BenchmarkText.caption(table))
                .append('\n');
        return out.toString();
    }

    private boolean hasPublished() {
        return table.lines().stream().anyMatch(line -> !line.published().isEmpty());
    }

    private void line(Line line, StringBuilder out) {
        out.append(Latex.escaped(line.title()));
        for (String column : table.columns())
            out.append(" & ").append(cell(line.cells().get(column)));
        out.append(" \\\\\n");
        if (line.published().isEmpty()) return;
        out.append("\\textcolor{gray}{\\quad published}");
        for (String column : table.columns())
            out.append(" & ").append(published(line.published().get(column)));
        out.append(" \\\\\n");
    }

    private static String cell(@Nullable Cell cell) {
        if (cell == null) return "--";
        String mean = BenchmarkText.percent(cell.score().mean());
        String shown = cell.best() ? "\\textbf{" + mean + "}" : mean;
        Double spread = cell.score().ci95();
        if (spread != null) shown += "{\\scriptsize$\\,\\pm\\,%s$}".formatted(BenchmarkText.percent(spread));
        return cell.difference() == null || cell.difference().stars() == 0
                ? shown
                : shown + "$^{" + cell.difference().marks() + "}$";
    }

    private static String published(@Nullable Double percent) {
        return percent == null ? "--" : String.format(Locale.ROOT, "\\textcolor{gray}{%.2f}", percent);
    }
}
