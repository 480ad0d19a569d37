package dev.isogloss.report;

import dev.isogloss.api.cluster.ResultRow;
import dev.isogloss.api.task.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A score over all seeds.
///
/// @param language a language, or `Summary.AVERAGE` for the mean over the targets
/// @param mean     between 0 and 1
/// @param std      sample standard deviation; null with one seed
/// @param ci95     half width of the mean's 95 % t-interval; null with one seed
/// @param n        number of seeds
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
                stage, language, split, metric.name(), decimal(mean), decimalOrNull(std), decimalOrNull(ci95), n);
    }

    private static @Nullable String decimalOrNull(@Nullable Double value) {
        return value == null ? null : decimal(value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
