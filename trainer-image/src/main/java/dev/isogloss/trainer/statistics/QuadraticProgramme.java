package dev.isogloss.trainer.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// minimise ½ wᵀQw − bᵀw over w ≥ 0, p·w = 1, for a positive semi-definite Q: the primal active-set method (Nocedal &
/// Wright, Numerical Optimization, Algorithm 16.3). Starts from w = 1; each round solves the problem with some classes
/// held at 0 and goes there as far as all others stay ≥ 0, or lets go of the class that pulls hardest.
public final class QuadraticProgramme {
    /// Added to the diagonal of a singular Q: a class that is never predicted.
    private static final double RIDGE = 1e-10;

    private static final double TINY = 1e-12;

    private final double[][] q;
    private final double[] b;
    private final double[] p;
    private final boolean[] free;
    private final double[] w;

    private QuadraticProgramme(double[][] q, double[] b, double[] p) {
        this.q = q;
        this.b = b;
        this.p = p;
        this.free = new boolean[p.length];
        this.w = new double[p.length];
        Arrays.fill(free, true);
        Arrays.fill(w, 1);
    }

    /// @param q [k][k], symmetric
    /// @param p shares, > 0, with sum 1
    /// @return w [k]
    public static double[] solve(double[][] q, double[] b, double[] p) {
        try {
            return new QuadraticProgramme(q, b, p).solve();
        } catch (LinearSystem.Singular singular) {
            double[][] ridged = Arrays.stream(q).map(double[]::clone).toArray(double[][]::new);
            for (int i = 0; i < q.length; i++) ridged[i][i] += RIDGE;
            return new QuadraticProgramme(ridged, b, p).solve();
        }
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
