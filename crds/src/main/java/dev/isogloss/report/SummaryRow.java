package dev.isogloss.report;

import dev.isogloss.api.cluster.ResultRow;
import dev.isogloss.api.task.Metric;
import org.jspecify.annotations.Nullable;

/// A score over all seeds.
///
/// @param language a language, or `Summary.AVERAGE` for the mean over the targets
/// @param mean     between 0 and 1
/// @param std      sample standard deviation; null with one seed
/// @param ci95     half width of the mean's 95 % t-interval; null with one seed
/// @param n        number of seeds; of the row `models`, models times seeds
public record SummaryRow(
        String stage,
        String language,
        String split,
        Metric metric,
        double mean,
        @Nullable Double std,
        @Nullable Double ci95,
        int n) {

    /// The row as status shows it: decimals as texts of four places.
    public ResultRow toResult() {
        return new ResultRow(
                stage,
                language,
                split,
                metric.name(),
                RoundRow.decimal(mean),
                RoundRow.decimal(std),
                RoundRow.decimal(ci95),
                n);
    }
}
