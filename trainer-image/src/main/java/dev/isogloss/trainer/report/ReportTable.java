package dev.isogloss.trainer.report;

import dev.isogloss.report.Csv;
import dev.isogloss.report.Latex;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table of a report that is not one of scores.
///
/// @param name    of its files, without an ending
/// @param caption what it shows, a sentence or two
/// @param texts   how many columns from the left are words; the others are numbers
/// @param rows    as many cells each as the header
public record ReportTable(String name, String caption, List<String> header, int texts, List<List<String>> rows) {

    public String csv() {
        return lines().stream().map(cells -> Csv.line(cells.toArray())).collect(Collectors.joining());
    }

    public String markdown() {
        StringBuilder out = new StringBuilder();
        for (List<String> cells : lines()) {
            out.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
            if (cells == header) out.append("|---".repeat(texts) + "|---:".repeat(header.size() - texts) + "|\n");
        }
        return out.toString();
    }

    /// A booktabs table.
    public String latex() {
        StringBuilder out = new StringBuilder(
                "\\begin{tabular}{%s%s}\n\\toprule\n".formatted("l".repeat(texts), "r".repeat(header.size() - texts)));
        for (List<String> cells : lines()) {
            out.append(cells.stream().map(Latex::escaped).collect(Collectors.joining(" & ", "", " \\\\\n")));
            if (cells == header) out.append("\\midrule\n");
        }
        return out.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    private List<List<String>> lines() {
        return Stream.concat(Stream.of(header), rows.stream()).toList();
    }
}
