package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.statistics.QuadraticProgramme;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The weights before training: the solution of Eq. (3) with the zero-shot model's predictions (App. C.1, "IW
/// Estimation Objective").
///
///     w′ = argmin ‖Cw − t‖²  over w ≥ 0, p·w = 1          w⁰ = (1 − ρ)w′ + ρ·1
///     C[i][j] = P_S(ŷ = i, y = j)    t[i] = P_T(ŷ = i)    p[j] = P_S(y = j)
///
/// C and t come from counts of the most probable labels ("hard"). Classes that the source does not have weigh 1.
///
/// Authors' code: its quadratic programme has −C·t as linear term where −Cᵀ·t is meant; with true weights (.25, .667,
/// 1.5, 4) it returns (0, .248, 2.03, 5.19). Here it is Cᵀ·t; `transposed` gives theirs.
public final class InitialWeights {
    private InitialWeights() {}

    /// @param confusion  C, [k][k], sum 1
    /// @param prediction t, [k], sum 1
    /// @param p          [k], sum 1
    /// @return w′, [k]
    public static double[] solve(double[][] confusion, double[] prediction, double[] p, boolean transposed) {
        int[] present = IntStream.range(0, p.length).filter(j -> p[j] > 0).toArray();
        int n = present.length;
        double[][] q = new double[n][n];
        double[] b = new double[n];
        double[] shares = Arrays.stream(present).mapToDouble(j -> p[j]).toArray();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) for (double[] row : confusion) q[i][j] += row[present[i]] * row[present[j]];
            for (int l = 0; l < p.length; l++)
                b[i] += (transposed ? confusion[present[i]][l] : confusion[l][present[i]]) * prediction[l];
        }
        double[] solution = QuadraticProgramme.solve(q, b, shares);
        double[] w = new double[p.length];
        Arrays.fill(w, 1);
        for (int i = 0; i < n; i++) w[present[i]] = solution[i];
        return w;
    }

    /// @param rho ρ, 0 to 1
    /// @return w⁰, [k]
    public static double[] towardsUniform(double[] w, double rho) {
        return Arrays.stream(w).map(each -> (1 - rho) * each + rho).toArray();
    }

    /// The true weights: P_T(y)/P_S(y), 1 for a class that the source does not have; scaled so that p·w = 1, which they
    /// miss only where the target has such a class.
    ///
    /// @param target P_T(y), [k]
    /// @param p      P_S(y), [k]
    public static double[] oracle(double[] target, double[] p) {
        double[] w = new double[p.length];
        double covered = IntStream.range(0, p.length)
                .filter(j -> p[j] > 0)
                .mapToDouble(j -> target[j])
                .sum();
        for (int j = 0; j < p.length; j++) w[j] = p[j] > 0 && covered > 0 ? target[j] / p[j] / covered : 1;
        return w;
    }
}
