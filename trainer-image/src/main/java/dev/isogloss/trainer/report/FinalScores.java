package dev.isogloss.trainer.report;

import dev.isogloss.report.Summary;
import dev.isogloss.report.SummaryRow;
import java.util.LinkedHashMap;
import java.util.Map;

/// The scores that an experiment ends with, by its main metric and on the split that stands for it: those of the last
/// stage that is measured in a language and is not for another one.
final class FinalScores {
    private FinalScores() {}

    /// @return by language in the table's order; the average over the targets last, where one stage is for all
    static Map<String, SummaryRow> of(Summary summary) {
        Map<String, SummaryRow> scores = new LinkedHashMap<>();
        SummaryRow best = summary.best();
        for (SummaryRow row : summary.rows()) {
            if (best == null || row.metric() != best.metric() || !row.split().equals(best.split())) continue;
            String target = summary.targets().getOrDefault(row.stage(), row.language());
            if (target.equals(row.language())) scores.put(row.language(), row);
        }
        SummaryRow average = scores.remove(Summary.AVERAGE);
        if (average != null) scores.put(Summary.AVERAGE, average);
        return scores;
    }
}
