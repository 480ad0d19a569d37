package dev.isogloss.report;

import java.util.List;

/// A booktabs table as papers print it: a line for each stage, split and metric, a column for each language, mean ±
/// standard deviation in per cent.
final class LatexTable {
    private LatexTable() {}

    static String of(Summary summary) {
        ScoreGrid grid = ScoreGrid.of(summary);
        List<String> languages = grid.languages();
        StringBuilder out = new StringBuilder();
        out.append("% \\usepackage{booktabs}\n");
        out.append("\\begin{tabular}{lll").append("r".repeat(languages.size())).append("}\n\\toprule\n");
        out.append("stage & split & metric");
        languages.forEach(language -> out.append(" & ").append(Latex.escaped(language)));
        out.append(" \\\\\n\\midrule\n");
        grid.lines().forEach((line, cells) -> {
            out.append(
                    "%s & %s & %s".formatted(Latex.escaped(line.stage()), Latex.escaped(line.split()), line.metric()));
            languages.forEach(language -> out.append(" & ").append(cell(cells.get(language))));
            out.append(" \\\\\n");
        });
        return out.append("\\bottomrule\n\\end{tabular}\n% In per cent; mean and standard deviation over seeds.\n")
                .toString();
    }

    private static String cell(@org.jspecify.annotations.Nullable SummaryRow row) {
        if (row == null) return "--";
        return row.std() == null
                ? Tables.percent(row.mean())
                : "$%s \\pm %s$".formatted(Tables.percent(row.mean()), Tables.percent(row.std()));
    }
}
