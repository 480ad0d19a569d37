package dev.isogloss.operator.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A line of results.
final class Figure {
    private Figure() {}

    static void print(String name, double value) {
        System.out.printf(Locale.ROOT, "{\"figure\":\"%s\",\"value\":%.3f}%n", name, value);
    }

    /// The value below which a share of all lies.
    static double quantile(List<Double> values, double share) {
        if (values.isEmpty()) throw new IllegalStateException("nothing was measured");
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }
}
