package dev.isogloss.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// A booktabs table as papers print it: a line for each stage, split and metric, a column for each language, mean ±
/// standard deviation in per cent.
final class LatexTable {
    private LatexTable() {}

    static String of(Summary summary) {
        Set<String> languages = new LinkedHashSet<>();
        Map<String, Map<String, SummaryRow>> lines = new LinkedHashMap<>();
        for (SummaryRow row : summary.rows()) {
            if (!row.language().equals(Summary.AVERAGE)) languages.add(row.language());
            String line = "%s & %s & %s".formatted(escaped(row.stage()), escaped(row.split()), row.metric());
            lines.computeIfAbsent(line, _ -> new LinkedHashMap<>()).put(row.language(), row);
        }
        if (lines.values().stream().anyMatch(line -> line.containsKey(Summary.AVERAGE))) languages.add(Summary.AVERAGE);
        StringBuilder out = new StringBuilder();
        out.append("\\begin{tabular}{lll").append("r".repeat(languages.size())).append("}\n\\toprule\n");
        out.append("stage & split & metric");
        languages.forEach(language -> out.append(" & ").append(escaped(language)));
        out.append(" \\\\\n\\midrule\n");
        lines.forEach((line, cells) -> {
            out.append(line);
            languages.forEach(language -> out.append(" & ").append(cell(cells.get(language))));
            out.append(" \\\\\n");
        });
        return out.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    private static String cell(@org.jspecify.annotations.Nullable SummaryRow row) {
        if (row == null) return "--";
        return row.std() == null
                ? Tables.percent(row.mean())
                : "$%s \\pm %s$".formatted(Tables.percent(row.mean()), Tables.percent(row.std()));
    }

    private static String escaped(String text) {
        return text.replaceAll("([_&%#$])", "\\\\$1");
    }
}
