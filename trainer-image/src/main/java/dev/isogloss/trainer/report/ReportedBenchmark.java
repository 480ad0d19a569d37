package dev.isogloss.trainer.report;

import dev.isogloss.report.benchmark.BenchmarkFormat;
import dev.isogloss.report.benchmark.BenchmarkTable;
import java.util.List;

/// A benchmark under the name that its table has in a report.
///
/// @param name  of its files and its place in the page, which nothing else in the report has
/// @param table with published numbers
public record ReportedBenchmark(String name, BenchmarkTable table) {

    /// As the page shows it.
    ReportTable shown() {
        List<List<String>> rows = BenchmarkFormat.grid(table);
        return new ReportTable(name, BenchmarkFormat.caption(table), rows.getFirst(), 1, rows.subList(1, rows.size()));
    }
}
