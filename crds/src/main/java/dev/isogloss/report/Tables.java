package dev.isogloss.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Summaries as text: tables for reading have percentages with two places, files have fractions in full.
final class Tables {
    private static final List<String> HEADER =
            List.of("stage", "split", "metric", "language", "mean", "± std", "± 95 %", "n");
    private static final int FIRST_NUMBER = 4;

    /// The cell of a spread that one seed does not have.
    static final String NONE = "–";

    private Tables() {}

    static String aligned(Summary summary) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(cells(summary));
        return Columns.aligned(lines, FIRST_NUMBER);
    }

    static String markdown(Summary summary) {
        StringBuilder out = new StringBuilder(line(HEADER));
        out.append("|---|---|---|---|---:|---:|---:|---:|\n");
        cells(summary).forEach(cells -> out.append(line(cells)));
        return out.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static List<List<String>> cells(Summary summary) {
        return summary.rows().stream()
                .map(row -> List.of(
                        row.stage(),
                        row.split(),
                        row.metric().name(),
                        row.language(),
                        percent(row.mean()),
                        percent(row.std()),
                        percent(row.ci95()),
                        String.valueOf(row.n())))
                .toList();
    }

    static String percent(@Nullable Double fraction) {
        return fraction == null ? NONE : String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }

    static String csv(Summary summary) {
        StringBuilder out = new StringBuilder("stage,language,split,metric,mean,std,ci95,n\n");
        for (SummaryRow row : summary.rows())
            out.append(Csv.line(
                    row.stage(),
                    row.language(),
                    row.split(),
                    row.metric(),
                    row.mean(),
                    row.std(),
                    row.ci95(),
                    row.n()));
        return out.toString();
    }

    static String json(Summary summary) {
        return ReportJson.of(summary.rows()) + "\n";
    }
}
