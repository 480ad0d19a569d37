package dev.isogloss.report.benchmark;

import dev.isogloss.report.Columns;
import dev.isogloss.report.Statistics;
import dev.isogloss.report.benchmark.BenchmarkTable.Cell;
import dev.isogloss.report.benchmark.BenchmarkTable.Line;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A benchmark's table for a terminal and for a README: in per cent, with two places.
final class BenchmarkText {
    private static final String NONE = "–";
    private static final int PLACES = 2;

    /// How cells are written: with stars padded so that numbers stand below each other, with the best in bold, or
    /// neither.
    enum Style {
        Padded,
        Markdown,
        Bare
    }

    private final BenchmarkTable table;

    BenchmarkText(BenchmarkTable table) {
        this.table = table;
    }

    String aligned() {
        StringBuilder out = new StringBuilder(caption(table)).append("\n\n");
        out.append(Columns.aligned(grid(Style.Padded), 1));
        notes().forEach(note -> out.append('\n').append(note).append('\n'));
        List<List<String>> differences = differences();
        if (differences.size() > 1)
            out.append('\n').append(differencesCaption()).append("\n\n").append(Columns.aligned(differences, 2));
        return out.toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder(caption(table)).append("\n\n");
        markdown(grid(Style.Markdown), 1, out);
        notes().forEach(note -> out.append('\n').append(note).append('\n'));
        List<List<String>> differences = differences();
        if (differences.size() > 1) {
            out.append('\n').append(differencesCaption()).append("\n\n");
            markdown(differences, 2, out);
        }
        return out.toString();
    }

    private static void markdown(List<List<String>> lines, int texts, StringBuilder out) {
        for (int row = 0; row < lines.size(); row++) {
            out.append(lines.get(row).stream().collect(Collectors.joining(" | ", "| ", " |\n")));
            if (row > 0) continue;
            for (int i = 0; i < lines.getFirst().size(); i++) out.append(i < texts ? "|---" : "|---:");
            out.append("|\n");
        }
    }

    /// What the table shows.
    static String caption(BenchmarkTable table) {
        String stars = table.outline().baseline() == null ? "" : "; " + legend(table);
        return "%s on %s in per cent, %s%s"
                .formatted(
                        table.outline().metric(),
                        table.outline().split(),
                        table.hasOneSeed() ? "one seed" : "mean over seeds ± half of its 95 % interval",
                        stars);
    }

    /// What the stars mean.
    static String legend(BenchmarkTable table) {
        double alpha = table.outline().alpha();
        return "* p < %s, ** p < %s, *** p < %s against %s%s"
                .formatted(
                        number(alpha),
                        number(alpha / 5),
                        number(alpha / 50),
                        table.outline().baseline(),
                        table.outline().adjusted() ? " (Holm)" : "");
    }

    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    List<List<String>> grid(Style style) {
        int stars = style != Style.Padded
                ? 0
                : table.lines().stream()
                        .flatMap(line -> line.cells().values().stream())
                        .mapToInt(cell -> cell.difference() == null
                                ? 0
                                : cell.difference().stars())
                        .max()
                        .orElse(0);
        List<List<String>> lines = new ArrayList<>();
        lines.add(with("system", table.columns()));
        for (Line line : table.lines()) {
            lines.add(with(
                    line.title(),
                    table.columns().stream()
                            .map(column -> cell(line.cells().get(column), stars, style))
                            .toList()));
            if (!line.published().isEmpty())
                lines.add(with(
                        "  published",
                        table.columns().stream()
                                .map(column -> published(line.published().get(column)) + " ".repeat(stars))
                                .toList()));
        }
        return lines;
    }

    private static List<String> with(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private static String cell(@Nullable Cell cell, int stars, Style style) {
        String marks = cell == null || cell.difference() == null
                ? ""
                : cell.difference().marks();
        String padding = " ".repeat(Math.max(0, stars - marks.length()));
        if (cell == null) return NONE + padding;
        String score = score(cell.score());
        return switch (style) {
            case Padded -> score + marks + padding;
            case Bare -> score + marks;
            case Markdown -> (cell.best() ? "**" + score + "**" : score) + marks.replace("*", "\\*");
        };
    }

    private static String score(Statistics score) {
        return score.ci95() == null ? percent(score.mean()) : percent(score.mean()) + " ± " + percent(score.ci95());
    }

    private static String published(@Nullable Double percent) {
        return percent == null ? NONE : String.format(Locale.ROOT, "%." + PLACES + "f", percent);
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%." + PLACES + "f", 100 * fraction);
    }

    private static String signed(double fraction) {
        return String.format(Locale.ROOT, "%+." + PLACES + "f", 100 * fraction);
    }

    /// What an empty cell means.
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Line line : table.lines())
            if (line.failure() != null) {
                // a step of one system bears its name
                boolean named = line.failure().startsWith(line.system() + ": ")
                        || line.failure().startsWith(line.system() + " (");
                notes.add(named ? line.failure() : "%s: %s".formatted(line.system(), line.failure()));
            }
        return notes;
    }

    private String differencesCaption() {
        return "Differences to %s on the same examples, 95 %% interval, p of approximate randomisation%s"
                .formatted(table.outline().baseline(), table.outline().adjusted() ? ", adjusted by Holm's rule" : "");
    }

    private List<List<String>> differences() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("system", "language", "difference", "95 % interval", "p", "p adjusted"));
        for (Line line : table.lines())
            for (String column : table.columns()) {
                Map<String, Cell> cells = line.cells();
                if (!(cells.get(column) instanceof Cell cell) || cell.difference() == null) continue;
                Difference difference = cell.difference();
                lines.add(List.of(
                        line.system(),
                        column,
                        signed(difference.value()),
                        "[%s, %s]".formatted(signed(difference.low()), signed(difference.high())),
                        String.format(Locale.ROOT, "%.4f", difference.p()),
                        String.format(Locale.ROOT, "%.4f", difference.adjusted())));
            }
        return lines;
    }
}
