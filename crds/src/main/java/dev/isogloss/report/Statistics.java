package dev.isogloss.report;

import java.util.Collection;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/// Mean, standard deviation and 95 % interval of a score over seeds.
///
/// @param std  sample standard deviation, √(Σ(x − x̄)² / (n − 1)); null for n = 1
/// @param ci95 t₀.₉₇₅(n − 1) · std / √n; null for n = 1
public record Statistics(
        double mean, @Nullable Double std, @Nullable Double ci95, int n) {

    /// @param values one or more
    public static Statistics of(Collection<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        if (n == 1) return new Statistics(mean, null, null, 1);
        double squares =
                values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        double std = Math.sqrt(squares / (n - 1));
        double t = TDistribution.of(n - 1).inverseCumulativeProbability(0.975);
        return new Statistics(mean, std, t * std / Math.sqrt(n), n);
    }
}
