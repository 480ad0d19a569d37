package dev.isogloss.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A summary as papers print it: a line for each stage, split and metric, a column for each language.
///
/// @param languages in the summary's order, the average last
/// @param lines     the rows of each line by language; a language that was not measured is missing
public record ScoreGrid(List<String> languages, Map<Line, Map<String, SummaryRow>> lines) {

    public record Line(String stage, String split, String metric) {}

    public static ScoreGrid of(Summary summary) {
        Set<String> languages = new LinkedHashSet<>();
        Map<Line, Map<String, SummaryRow>> lines = new LinkedHashMap<>();
        boolean averaged = false;
        for (SummaryRow row : summary.rows()) {
            if (row.language().equals(Summary.AVERAGE)) averaged = true;
            else languages.add(row.language());
            lines.computeIfAbsent(
                            new Line(row.stage(), row.split(), row.metric().name()), _ -> new LinkedHashMap<>())
                    .put(row.language(), row);
        }
        if (averaged) languages.add(Summary.AVERAGE);
        return new ScoreGrid(List.copyOf(languages), lines);
    }
}
