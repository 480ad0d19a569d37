package dev.isogloss.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Rounds as text: shares and scores in per cent for people, in full as JSON.
public final class RoundTable {
    private static final List<String> HEADER = List.of(
            "round",
            "model",
            "labelled",
            "confident",
            "selected",
            "wrong",
            "agreement",
            "selection score",
            "score",
            "steps");

    private RoundTable() {}

    /// Aligned columns; a line below says what the score is.
    public static String aligned(Rounds rounds) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        rounds.rows().forEach(row -> lines.add(cells(row)));
        return Columns.aligned(lines, 2) + legend(rounds);
    }

    private static List<String> cells(RoundRow row) {
        String stopped = row.stopped() != null && row.stopped() > 0 ? " (kept)" : "";
        return List.of(
                row.round() + stopped,
                row.model(),
                count(row.labelled()),
                count(row.confident()),
                count(row.selected()),
                row.noise() == null ? Tables.NONE : Tables.percent(row.noise()) + " %",
                row.agreement() == null ? Tables.NONE : Tables.percent(row.agreement()) + " %",
                Tables.percent(row.selectionScore()),
                Tables.percent(row.score()),
                row.done() + "/" + row.steps());
    }

    private static String count(@Nullable Double value) {
        return value == null ? Tables.NONE : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String legend(Rounds rounds) {
        return rounds.rows().stream()
                .filter(row -> row.metric() != null)
                .findFirst()
                .map(row -> """
                        score: %s on %s, mean over targets and seeds; wrong: labels handed on that differ from gold
                        agreement: texts of the pool of which the models say the same
                        """.formatted(row.metric(), row.split()))
                .orElse("");
    }

    /// Every number in full.
    public static String json(Rounds rounds) {
        return ReportJson.of(rounds) + "\n";
    }
}
