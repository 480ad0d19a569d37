package dev.isogloss.operator.experiment;

import dev.isogloss.api.benchmark.DifferenceRow;
import dev.isogloss.api.benchmark.SystemStatus;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.status.StatusSize;
import dev.isogloss.report.Statistics;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.report.benchmark.BenchmarkTable.Cell;
import dev.isogloss.report.benchmark.BenchmarkTable.Line;
import dev.isogloss.report.benchmark.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A benchmark's systems and their differences to the baseline, as far as they fit into its status. Left out in this
/// order until they do: differences in single languages; the ends of long reasons of failures; all differences;
/// systems.
///
/// @param leftOut rows that are missing
record BenchmarkTables(List<SystemStatus> systems, List<DifferenceRow> differences, int leftOut) {
    /// Half of a status; the scores themselves have the rest.
    private static final int MOST_BYTES = 32 * 1024;

    private static final int MOST_ROWS = 1024;
    private static final int LONGEST_FAILURE = 512;
    private static final int SHORT_FAILURE = 80;

    static BenchmarkTables of(BenchmarkTable table) {
        List<SystemStatus> whole = systems(table, LONGEST_FAILURE);
        List<SystemStatus> brief = systems(table, SHORT_FAILURE);
        List<DifferenceRow> all = differences(table, false);
        List<DifferenceRow> headlines = differences(table, true);
        int rows = whole.size() + all.size();
        return Stream.of(
                        new BenchmarkTables(whole, all, 0),
                        new BenchmarkTables(whole, headlines, all.size() - headlines.size()),
                        new BenchmarkTables(brief, headlines, all.size() - headlines.size()),
                        new BenchmarkTables(brief, List.of(), all.size()))
                .filter(tables -> tables.differences().size() <= MOST_ROWS && tables.bytes() <= MOST_BYTES)
                .findFirst()
                .orElse(new BenchmarkTables(List.of(), List.of(), rows));
    }

    /// As JSON.
    int bytes() {
        return StatusSize.bytes(systems) + StatusSize.bytes(differences);
    }

    private static List<SystemStatus> systems(BenchmarkTable table, int longestFailure) {
        return table.lines().stream().map(line -> system(line, longestFailure)).toList();
    }

    private static SystemStatus system(Line line, int longestFailure) {
        @Nullable Cell headline = line.headlineCell().orElse(null);
        @Nullable Statistics score = headline == null ? null : headline.score();
        @Nullable Difference difference = headline == null ? null : headline.difference();
        return new SystemStatus(
                line.system(),
                "%d/%d".formatted(line.done(), line.total()),
                line.chosen() == null ? null : Messages.clip(line.chosen(), 256),
                score == null ? null : decimal(score.mean()),
                score == null || score.ci95() == null ? null : decimal(score.ci95()),
                difference == null ? null : signed(difference.value()),
                difference == null ? null : decimal(difference.adjusted()),
                difference == null || difference.stars() == 0 ? null : difference.marks(),
                line.failure() == null ? null : Messages.clip(line.failure(), longestFailure));
    }

    private static List<DifferenceRow> differences(BenchmarkTable table, boolean onlyHeadlines) {
        List<DifferenceRow> rows = new ArrayList<>();
        for (Line line : table.lines())
            for (String column : table.columns()) {
                @Nullable Cell cell = line.cells().get(column);
                if (cell == null || cell.difference() == null) continue;
                if (onlyHeadlines && !column.equals(line.headline())) continue;
                Difference difference = cell.difference();
                rows.add(new DifferenceRow(
                        line.system(),
                        column,
                        signed(difference.value()),
                        signed(difference.low()),
                        signed(difference.high()),
                        decimal(difference.adjusted()),
                        difference.stars() == 0 ? null : difference.marks()));
            }
        return rows;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }
}
