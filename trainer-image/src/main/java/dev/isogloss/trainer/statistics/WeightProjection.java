package dev.isogloss.trainer.statistics;

import java.util.stream.IntStream;

/// Brings class weights v back to w ≥ 0, p·w = 1, for class shares p. Classes that do not occur (pⱼ = 0) are not bound
/// by either; they weigh 1.
public final class WeightProjection {
    private WeightProjection() {}

    /// The nearest weights: wⱼ = max(vⱼ − τpⱼ, 0), with the one τ for which p·w = 1. The classes that stay above 0 are
    /// those with the greatest vⱼ/pⱼ.
    ///
    /// @param p shares, ≥ 0, with sum 1
    public static double[] euclidean(double[] v, double[] p) {
        int[] order = IntStream.range(0, v.length)
                .filter(j -> p[j] > 0)
                .boxed()
                .sorted((i, j) -> Double.compare(v[j] / p[j], v[i] / p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double pv = 0;
        double pp = 0;
        double tau = 0;
        for (int j : order) {
            double with = (pv + p[j] * v[j] - 1) / (pp + p[j] * p[j]);
            if (pp > 0 && v[j] <= with * p[j]) break;
            pv += p[j] * v[j];
            pp += p[j] * p[j];
            tau = with;
        }
        double[] w = new double[v.length];
        for (int j = 0; j < v.length; j++) w[j] = p[j] > 0 ? Math.max(v[j] - tau * p[j], 0) : 1;
        return w;
    }

    /// Cut at 0 and divided by p·w: what the code of Xian, Ji & Zhao (2022) does. All 1 if nothing is left to scale.
    public static double[] radial(double[] v, double[] p) {
        double scale = IntStream.range(0, v.length)
                .mapToDouble(j -> p[j] * Math.max(v[j], 0))
                .sum();
        double[] w = new double[v.length];
        for (int j = 0; j < v.length; j++) w[j] = p[j] > 0 && scale > 0 ? Math.max(v[j], 0) / scale : 1;
        return w;
    }
}
