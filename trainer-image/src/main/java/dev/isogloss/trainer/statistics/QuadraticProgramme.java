package dev.isogloss.trainer.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// minimise f(w) = ½ wᵀQw − bᵀw over w ≥ 0, p·w = 1, for a positive semi-definite Q: the primal active-set method
/// (Nocedal & Wright, Numerical Optimization, Algorithm 16.3). Starts from w = 1; each round solves the problem with
/// some classes held at 0 and goes there as far as all others stay ≥ 0, or lets go of the class that pulls hardest.
///
/// Every solution is checked. By convexity no feasible v lies lower than f(w) by more than
///
///     max_v ∇f(w)·(w − v)  =  ∇f(w)·w − minⱼ ∇f(w)ⱼ/pⱼ
///
/// which is 0 where the Karush-Kuhn-Tucker conditions hold (Frank & Wolfe, 1956). Weights may be as great as 1/pⱼ, so
/// that of a rare class any ridge is felt, and a near-singular Q has rounds go in circles; what fails the check is
/// solved again in the shares uⱼ = pⱼwⱼ, all of one size, where a ridge costs at most itself.
public final class QuadraticProgramme {
    /// Added to the diagonal of a singular Q: a class that is never predicted.
    private static final double RIDGE = 1e-10;

    /// Added to the diagonal of the problem in shares.
    private static final double RIDGE_OF_SHARES = 1e-11;

    /// f may lie so far above its minimum, and w so far outside its constraints.
    static final double TOLERANCE = 1e-8;

    private static final double TINY = 1e-12;

    private final double[][] q;
    private final double[] b;
    private final double[] p;
    private final boolean[] free;
    private final double[] w;

    private QuadraticProgramme(double[][] q, double[] b, double[] p, double[] start) {
        this.q = q;
        this.b = b;
        this.p = p;
        this.free = new boolean[p.length];
        this.w = start.clone();
        Arrays.fill(free, true);
    }

    /// @param q [k][k], symmetric
    /// @param p shares, > 0, with sum 1
    /// @return w [k]
    /// @throws IllegalStateException if no minimum was found, as where a number is none
    public static double[] solve(double[][] q, double[] b, double[] p) {
        double[] ones = new double[p.length];
        Arrays.fill(ones, 1);
        double above = Double.NaN;
        for (Supplier<double[]> way : List.<Supplier<double[]>>of(
                () -> new QuadraticProgramme(q, b, p, ones).solve(),
                () -> new QuadraticProgramme(ridged(q, RIDGE), b, p, ones).solve(),
                () -> inShares(q, b, p, ones))) {
            try {
                double[] w = way.get();
                above = aboveMinimum(q, b, p, w);
                if (above <= TOLERANCE) return w;
            } catch (LinearSystem.Singular singular) {
                continue;
            }
        }
        throw new IllegalStateException(
                "no minimum of the quadratic programme of %d classes was found: the best may lie %.1e below, and %.0e is allowed"
                        .formatted(p.length, above, TOLERANCE));
    }

    /// In uⱼ = pⱼwⱼ: Qᵢⱼ/pᵢpⱼ, bᵢ/pᵢ, 1·u = 1.
    private static double[] inShares(double[][] q, double[] b, double[] p, double[] ones) {
        int k = p.length;
        double[][] scaled = new double[k][k];
        double[] linear = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) scaled[i][j] = q[i][j] / (p[i] * p[j]);
            linear[i] = b[i] / p[i];
        }
        double[] u = new QuadraticProgramme(ridged(scaled, RIDGE_OF_SHARES), linear, ones, p).solve();
        return IntStream.range(0, k).mapToDouble(j -> u[j] / p[j]).toArray();
    }

    private static double[][] ridged(double[][] q, double ridge) {
        double[][] ridged = Arrays.stream(q).map(double[]::clone).toArray(double[][]::new);
        for (int i = 0; i < q.length; i++) ridged[i][i] += ridge;
        return ridged;
    }

    /// The most that f(w) may lie above the minimum, or w outside its constraints; NaN where a number is none.
    static double aboveMinimum(double[][] q, double[] b, double[] p, double[] w) {
        double here = 0;
        double least = Double.POSITIVE_INFINITY;
        double whole = 0;
        double outside = 0;
        for (int i = 0; i < w.length; i++) {
            double slope = -b[i];
            for (int j = 0; j < w.length; j++) slope += q[i][j] * w[j];
            here += slope * w[i];
            least = Math.min(least, slope / p[i]);
            whole += p[i] * w[i];
            outside = Math.max(outside, -w[i]);
        }
        return Math.max(here - least, Math.max(outside, Math.abs(whole - 1)));
    }

    private double[] solve() {
        for (int round = 0; round < 50 * (w.length + 1); round++) {
            double[] solution = withinFree();
            double[] step = new double[w.length];
            for (int i = 0; i < w.length; i++) step[i] = solution[i] - w[i];
            if (advance(step)) continue;
            int worst = pulling(solution[w.length]);
            if (worst < 0) return w;
            free[worst] = true;
        }
        return WeightProjection.euclidean(w, p);
    }

    /// The minimum with the held classes at 0 and the sign of the others left open, and ν of p·w = 1 behind it:
    ///
    ///     Q w + ν p = b,   p·w = 1
    private double[] withinFree() {
        int[] at = IntStream.range(0, w.length).filter(i -> free[i]).toArray();
        int n = at.length;
        double[][] a = new double[n + 1][n + 1];
        double[] right = new double[n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) a[i][j] = q[at[i]][at[j]];
            a[i][n] = p[at[i]];
            a[n][i] = p[at[i]];
            right[i] = b[at[i]];
        }
        right[n] = 1;
        double[] x = LinearSystem.solve(a, right);
        double[] solution = new double[w.length + 1];
        for (int i = 0; i < n; i++) solution[at[i]] = x[i];
        solution[w.length] = x[n];
        return solution;
    }

    /// Goes along the step until a class reaches 0, which is then held.
    ///
    /// @return whether one was
    private boolean advance(double[] step) {
        double most = 1;
        int blocking = -1;
        for (int i = 0; i < w.length; i++) {
            if (!free[i] || step[i] >= 0) continue;
            double until = w[i] / -step[i];
            if (until < most) {
                most = until;
                blocking = i;
            }
        }
        for (int i = 0; i < w.length; i++) if (free[i]) w[i] += most * step[i];
        if (blocking < 0) return false;
        w[blocking] = 0;
        free[blocking] = false;
        return true;
    }

    /// The held class whose release lowers the objective most: the least of Qw − b + νp; −1 if none does.
    private int pulling(double nu) {
        int worst = -1;
        double least = -TINY;
        for (int i = 0; i < w.length; i++) {
            if (free[i]) continue;
            double slope = -b[i] + nu * p[i];
            for (int j = 0; j < w.length; j++) slope += q[i][j] * w[j];
            if (slope < least) {
                least = slope;
                worst = i;
            }
        }
        return worst;
    }
}
