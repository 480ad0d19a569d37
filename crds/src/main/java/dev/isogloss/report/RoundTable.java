package dev.isogloss.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rounds as text: shares and scores in per cent for people, in full as JSON.
public final class RoundTable {
    private static final String ACCEPTED = "accepted";
    private static final List<String> HEADER = List.of(
            "round",
            "model",
            "labelled",
            "confident",
            "selected",
            "wrong",
            "agreement",
            ACCEPTED,
            "selection score",
            "score",
            "steps");

    private RoundTable() {}

    /// Aligned columns; a line below says what the score is.
    public static String aligned(Rounds rounds) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        rounds.rows().forEach(row -> lines.add(cells(row)));
        if (rounds.rows().stream().allMatch(row -> row.accepted() == null))
            lines.replaceAll(RoundTable::withoutAccepted);
        return Columns.aligned(lines, 2) + legend(rounds);
    }

    private static List<String> cells(RoundRow row) {
        PseudoLabelCounts labels = row.labels();
        Headline headline = row.headline();
        return List.of(
                row.round() + (row.keptModel() > 0 ? " (kept)" : ""),
                row.model(),
                count(labels.labelled()),
                count(labels.confident()),
                count(labels.selected()),
                labels.noise() == null ? Tables.NONE : Tables.percent(labels.noise()) + " %",
                labels.agreement() == null ? Tables.NONE : Tables.percent(labels.agreement()) + " %",
                row.accepted() == null ? Tables.NONE : row.accepted(),
                Tables.percent(row.selectionScore()),
                headline == null ? Tables.NONE : Tables.percent(headline.value()),
                row.done() + "/" + row.steps());
    }

    /// Only strategies that judge trainings have something to say there.
    private static List<String> withoutAccepted(List<String> line) {
        List<String> cells = new ArrayList<>(line);
        cells.remove(HEADER.indexOf(ACCEPTED));
        return cells;
    }

    private static String count(@Nullable Double value) {
        return value == null ? Tables.NONE : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String legend(Rounds rounds) {
        return rounds.rows().stream()
                .map(RoundRow::headline)
                .filter(Objects::nonNull)
                .findFirst()
                .map(headline -> """
                        score: %s on %s, mean over %s; wrong: labels handed on that differ from gold
                        agreement: texts of the pool of which the models say the same
                        """.formatted(
                                headline.metric(),
                                headline.split(),
                                perTarget(rounds) ? "seeds, on the model's target" : "targets and seeds"))
                .orElse("");
    }

    private static boolean perTarget(Rounds rounds) {
        return rounds.rows().stream().anyMatch(row -> row.target() != null);
    }

    /// Every number in full.
    public static String json(Rounds rounds) {
        return ReportJson.of(rounds) + "\n";
    }
}
