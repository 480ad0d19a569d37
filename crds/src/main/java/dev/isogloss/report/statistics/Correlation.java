package dev.isogloss.report.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Correlation of two series; NaN where one does not vary or there are too few points.
///
/// @param pearson  r
/// @param spearman Pearson's r of the ranks, equal values sharing the mean of theirs
/// @param partial  (r_xy − r_xz·r_yz) / √((1 − r_xz²)(1 − r_yz²)): what is left of r when a third series is held still
public record Correlation(double pearson, double spearman, double partial) {

    /// @param z what is held still
    public static Correlation of(double[] x, double[] y, double[] z) {
        return new Correlation(pearson(x, y), pearson(ranks(x), ranks(y)), partial(x, y, z));
    }

    static double pearson(double[] x, double[] y) {
        if (x.length < 3) return Double.NaN;
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
    }

    private static double partial(double[] x, double[] y, double[] z) {
        if (x.length < 4) return Double.NaN;
        double xy = pearson(x, y);
        double xz = pearson(x, z);
        double yz = pearson(y, z);
        double left = (1 - xz * xz) * (1 - yz * yz);
        return left > 0 ? (xy - xz * yz) / Math.sqrt(left) : Double.NaN;
    }

    /// Counted from 1.
    static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((i, j) -> Double.compare(values[i], values[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) to++;
            for (int i = from; i < to; i++) ranks[order[i]] = (from + 1 + to) / 2.0;
            from = to;
        }
        return ranks;
    }
}
