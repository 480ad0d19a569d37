package dev.isogloss.trainer.report;

import dev.isogloss.report.Format;
import dev.isogloss.report.Summary;
import dev.isogloss.report.benchmark.BenchmarkFormat;
import dev.isogloss.report.benchmark.BenchmarkTable;

/// A table as the files that a report has of it: of scores, those that `isogloss results` prints in these formats.
///
/// @param name of the files, without an ending
public record WrittenTable(String name, String csv, String markdown, String latex) {

    static WrittenTable of(String name, Summary summary) {
        return new WrittenTable(
                name, Format.Csv.render(summary), Format.Markdown.render(summary), Format.Latex.render(summary));
    }

    static WrittenTable of(String name, BenchmarkTable table) {
        return new WrittenTable(
                name,
                BenchmarkFormat.render(table, Format.Csv),
                BenchmarkFormat.render(table, Format.Markdown),
                BenchmarkFormat.render(table, Format.Latex));
    }

    static WrittenTable of(ReportTable table) {
        return new WrittenTable(table.name(), table.csv(), table.markdown(), table.latex());
    }
}
