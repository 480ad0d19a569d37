package dev.isogloss.trainer.statistics;

import java.util.Arrays;
import java.util.Objects;

/// Points in the plane whose neighbours are those that they have in many dimensions: t-SNE (van der Maaten & Hinton,
/// JMLR 2008), exact, in double precision, with sums in a fixed order.
///
///     p_j|i ∝ exp(−‖xᵢ−xⱼ‖²/2σᵢ²), σᵢ so that the entropy of p_·|i is log(perplexity);   p_ij = (p_j|i + p_i|j)/2n
///     q_ij  ∝ 1/(1 + ‖yᵢ−yⱼ‖²)
///     KL(P‖Q) falls by  ∂KL/∂yᵢ = 4 Σⱼ (p_ij − q_ij)(yᵢ−yⱼ)/(1 + ‖yᵢ−yⱼ‖²)
///
/// Of six starts, at every two of the first three principal components with deviations of 10⁻⁴ and 10⁻³, the map that
/// diverges least is taken: where a descent ends is a matter of chance. For 250 steps P is exaggerated twelve times,
/// with momentum 0.5; then velocities begin anew, with momentum 0.8. The rate is n/48 and at least 50, with a gain for
/// each number (Jacobs, 1988): what scikit-learn does from its one start.
public final class TSne {
    private static final int EXAGGERATED = 250;
    private static final double EXAGGERATION = 12;
    private static final double LEAST = 2.220446049250313e-16;

    private TSne() {}

    /// @param points     [n][2], of mean 0
    /// @param divergence KL(P‖Q) in the end, in nats
    public record Map(double[][] points, double divergence) {}

    /// The perplexity that n points bear: 30, or a third of the others.
    public static double perplexity(int n) {
        return Math.min(30, (n - 1) / 3.0);
    }

    /// @param x          [n][d], n at least 4
    /// @param perplexity at least 1, below n
    public static Map of(double[][] x, double perplexity, int steps) {
        double[][] p = affinities(x, perplexity);
        double[][] components = PrincipalComponents.scores(x, 3);
        Map best = null;
        for (double deviation : new double[] {1e-4, 1e-3})
            for (int[] axes : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
                Map map = descended(p, start(components, axes, deviation), steps);
                if (best == null || map.divergence() < best.divergence()) best = map;
            }
        return Objects.requireNonNull(best);
    }

    /// The map from the first start alone: a sixth of the work, for many points.
    public static Map fromOneStart(double[][] x, double perplexity, int steps) {
        double[][] start = start(PrincipalComponents.scores(x, 2), new int[] {0, 1}, 1e-4);
        return descended(affinities(x, perplexity), start, steps);
    }

    private static Map descended(double[][] p, double[][] y, int steps) {
        int n = y.length;
        double rate = Math.max(50, n / EXAGGERATION / 4);
        double[][] velocity = new double[n][2];
        double[][] gains = new double[n][2];
        for (int step = 0; step < steps; step++) {
            boolean early = step < EXAGGERATED;
            if (step == 0 || step == EXAGGERATED)
                for (int i = 0; i < n; i++) {
                    Arrays.fill(velocity[i], 0);
                    Arrays.fill(gains[i], 1);
                }
            double[][] slope = slope(p, y, early ? EXAGGERATION : 1);
            for (int i = 0; i < n; i++)
                for (int k = 0; k < 2; k++) {
                    boolean turns = slope[i][k] * velocity[i][k] < 0;
                    gains[i][k] = Math.max(0.01, turns ? gains[i][k] + 0.2 : gains[i][k] * 0.8);
                    velocity[i][k] = (early ? 0.5 : 0.8) * velocity[i][k] - rate * gains[i][k] * slope[i][k];
                    y[i][k] += velocity[i][k];
                }
        }
        return new Map(centred(y), divergence(p, y));
    }

    /// P, [n][n], symmetric, sum 1.
    static double[][] affinities(double[][] x, double perplexity) {
        int n = x.length;
        double[][] conditional = new double[n][];
        for (int i = 0; i < n; i++) conditional[i] = conditional(squaredDistances(x, i), i, perplexity);
        double[][] p = new double[n][n];
        double sum = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                p[i][j] = conditional[i][j] + conditional[j][i];
                sum += p[i][j];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) p[i][j] = i == j ? 0 : Math.max(p[i][j] / Math.max(sum, LEAST), LEAST);
        return p;
    }

    private static double[] squaredDistances(double[][] x, int i) {
        double[] squares = new double[x.length];
        for (int j = 0; j < x.length; j++)
            for (int k = 0; k < x[i].length; k++) squares[j] += (x[i][k] - x[j][k]) * (x[i][k] - x[j][k]);
        return squares;
    }

    /// By bisection on 1/2σ².
    private static double[] conditional(double[] squares, int i, double perplexity) {
        double wanted = Math.log(perplexity);
        double[] p = new double[squares.length];
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < p.length; j++) if (j != i) nearest = Math.min(nearest, squares[j]);
        double beta = 1;
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 200; round++) {
            double sum = 0;
            double mean = 0;
            for (int j = 0; j < p.length; j++) {
                p[j] = j == i ? 0 : Math.exp(-(squares[j] - nearest) * beta);
                sum += p[j];
                mean += p[j] * (squares[j] - nearest);
            }
            for (int j = 0; j < p.length; j++) p[j] /= sum;
            double over = Math.log(sum) + beta * mean / sum - wanted;
            if (Math.abs(over) < 1e-9) break;
            if (over > 0) low = beta;
            else high = beta;
            beta = Double.isInfinite(high) ? beta * 2 : (low + high) / 2;
        }
        return p;
    }

    private static double[][] start(double[][] components, int[] axes, double wanted) {
        double square = 0;
        for (double[] point : components) square += point[axes[0]] * point[axes[0]];
        double deviation = Math.sqrt(square / components.length);
        double scale = deviation == 0 ? 0 : wanted / deviation;
        return Arrays.stream(components)
                .map(point -> new double[] {scale * point[axes[0]], scale * point[axes[1]]})
                .toArray(double[][]::new);
    }

    /// Of each pair once, for both of its points.
    private static double[][] slope(double[][] p, double[][] y, double exaggeration) {
        double[][] near = near(y);
        double sum = 2 * sum(near);
        double[][] slope = new double[y.length][2];
        for (int i = 0; i < y.length; i++)
            for (int j = 0; j < i; j++) {
                double pull = 4 * (exaggeration * p[i][j] - Math.max(near[i][j] / sum, LEAST)) * near[i][j];
                double x0 = pull * (y[i][0] - y[j][0]);
                double x1 = pull * (y[i][1] - y[j][1]);
                slope[i][0] += x0;
                slope[i][1] += x1;
                slope[j][0] -= x0;
                slope[j][1] -= x1;
            }
        return slope;
    }

    private static double divergence(double[][] p, double[][] y) {
        double[][] near = near(y);
        double sum = 2 * sum(near);
        double divergence = 0;
        for (int i = 0; i < y.length; i++)
            for (int j = 0; j < i; j++)
                divergence += 2 * p[i][j] * Math.log(p[i][j] / Math.max(near[i][j] / sum, LEAST));
        return divergence;
    }

    /// 1/(1 + ‖yᵢ−yⱼ‖²) for j < i.
    private static double[][] near(double[][] y) {
        double[][] near = new double[y.length][];
        for (int i = 0; i < y.length; i++) {
            near[i] = new double[i];
            for (int j = 0; j < i; j++) {
                double dx = y[i][0] - y[j][0];
                double dy = y[i][1] - y[j][1];
                near[i][j] = 1 / (1 + dx * dx + dy * dy);
            }
        }
        return near;
    }

    private static double sum(double[][] matrix) {
        double sum = 0;
        for (double[] row : matrix) for (double number : row) sum += number;
        return sum;
    }

    private static double[][] centred(double[][] y) {
        double[] mean = new double[2];
        for (double[] point : y) for (int k = 0; k < 2; k++) mean[k] += point[k] / y.length;
        for (double[] point : y) for (int k = 0; k < 2; k++) point[k] -= mean[k];
        return y;
    }
}
