package dev.isogloss.report.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.report.Format;
import java.util.List;

/// A benchmark's table in each format that results have.
public final class BenchmarkFormat {
    private BenchmarkFormat() {}

    public static String render(BenchmarkTable table, Format format) {
        return switch (format) {
            case Table -> new BenchmarkText(table).aligned();
            case Csv -> BenchmarkFiles.csv(table);
            case Json -> BenchmarkFiles.json(table);
            case Markdown -> new BenchmarkText(table).markdown();
            case Latex -> new BenchmarkLatex(table).text();
        };
    }

    /// The cells of the table, the header first, for what lays them out itself.
    public static List<List<String>> grid(BenchmarkTable table) {
        return new BenchmarkText(table).grid(BenchmarkText.Style.Bare);
    }

    /// What the table shows, in a sentence.
    public static String caption(BenchmarkTable table) {
        return BenchmarkText.caption(table) + ".";
    }

    /// As JSON, for what puts it into a larger one.
    public static ObjectNode tree(BenchmarkTable table) {
        return BenchmarkFiles.tree(table);
    }
}
