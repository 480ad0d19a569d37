package dev.isogloss.trainer.statistics;

import java.util.Arrays;

/// A mixture of two normal distributions on the line, fitted by expectation-maximisation (Dempster, Laird & Rubin,
/// 1977): what tells clean labels from noisy ones by their losses (Arazo et al., ICML 2019; Bari et al., ACL 2021,
/// §3.2).
///
///     E:  r_ik = π_k N(x_i; μ_k, σ²_k) / Σ_j π_j N(x_i; μ_j, σ²_j)
///     M:  π_k = Σ_i r_ik / n,   μ_k = Σ_i r_ik x_i / Σ_i r_ik,   σ²_k = Σ_i r_ik (x_i − μ_k)² / Σ_i r_ik + 10⁻⁵
///
/// It starts at the best division of the sorted values into two groups (2-means, exactly) and ends when the mean
/// log-likelihood moves by less than 10⁻⁵, or after 100 rounds. Nothing is drawn.
///
/// @param lower         the component of the lower mean
/// @param rounds        of expectation and maximisation
/// @param logLikelihood mean over the values, before the last maximisation
public record GaussianMixture(Component lower, Component upper, int rounds, double logLikelihood) {
    private static final double FLOOR = 1e-5; // of a variance, so that no component shrinks to a point
    private static final double SMALLEST_CHANGE = 1e-5;
    private static final int MOST_ROUNDS = 100;
    private static final double NEARLY_NONE = 1e-15; // keeps the mean of a component without values finite

    /// @param weight π
    /// @param mean μ
    /// @param variance σ²
    public record Component(double weight, double mean, double variance) {
        private double logDensity(double value) {
            return logScale() - (value - mean) * (value - mean) / (2 * variance);
        }

        private double logScale() {
            return StrictMath.log(weight) - 0.5 * StrictMath.log(2 * Math.PI * variance);
        }
    }

    /// @param values finite, and two at least differ
    public static GaussianMixture fit(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (sorted.length < 2 || !(sorted[0] < sorted[sorted.length - 1]))
            throw new IllegalArgumentException("a mixture is fitted to values of which two at least differ");
        double[] low = new double[sorted.length]; // r_i0
        Arrays.fill(low, 0, division(sorted), 1);
        GaussianMixture mixture = maximised(sorted, low, 0, Double.NEGATIVE_INFINITY);
        while (mixture.rounds < MOST_ROUNDS) {
            double likelihood = mixture.expectation(sorted, low);
            double change = likelihood - mixture.logLikelihood;
            mixture = maximised(sorted, low, mixture.rounds + 1, likelihood);
            if (Math.abs(change) < SMALLEST_CHANGE) break;
        }
        return mixture.lower.mean <= mixture.upper.mean
                ? mixture
                : new GaussianMixture(mixture.upper, mixture.lower, mixture.rounds, mixture.logLikelihood);
    }

    /// The number of lowest values that make the first group: the greatest sum of squares between the groups.
    private static int division(double[] sorted) {
        int n = sorted.length;
        double middle = Arrays.stream(sorted).average().orElseThrow();
        double total = Arrays.stream(sorted).map(value -> value - middle).sum();
        double first = 0;
        double best = Double.NEGATIVE_INFINITY;
        int division = 1;
        for (int k = 1; k < n; k++) {
            first += sorted[k - 1] - middle;
            double second = total - first;
            double between = first * first / k + second * second / (n - k);
            if (sorted[k - 1] < sorted[k] && between > best) {
                best = between;
                division = k;
            }
        }
        return division;
    }

    private static GaussianMixture maximised(double[] values, double[] low, int rounds, double likelihood) {
        return new GaussianMixture(component(values, low, false), component(values, low, true), rounds, likelihood);
    }

    private static Component component(double[] values, double[] low, boolean upper) {
        double count = NEARLY_NONE;
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double share = upper ? 1 - low[i] : low[i];
            count += share;
            sum += share * values[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < values.length; i++)
            squares += (upper ? 1 - low[i] : low[i]) * (values[i] - mean) * (values[i] - mean);
        return new Component(count / values.length, mean, squares / count + FLOOR);
    }

    /// Fills in the lower component's share of each value.
    ///
    /// @return mean log-likelihood of the values
    private double expectation(double[] values, double[] low) {
        double lowerScale = lower.logScale();
        double upperScale = upper.logScale();
        double likelihood = 0;
        for (int i = 0; i < values.length; i++) {
            double first = lowerScale - (values[i] - lower.mean) * (values[i] - lower.mean) / (2 * lower.variance);
            double second = upperScale - (values[i] - upper.mean) * (values[i] - upper.mean) / (2 * upper.variance);
            double both = Math.max(first, second) + StrictMath.log1p(StrictMath.exp(-Math.abs(first - second)));
            low[i] = StrictMath.exp(first - both);
            likelihood += both;
        }
        return likelihood / values.length;
    }

    /// The probability that a value is of the component of the lower mean.
    public double isLower(double value) {
        return 1 / (1 + StrictMath.exp(upper.logDensity(value) - lower.logDensity(value)));
    }
}
