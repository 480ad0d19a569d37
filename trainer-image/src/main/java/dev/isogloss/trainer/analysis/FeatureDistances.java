package dev.isogloss.trainer.analysis;

import static java.util.Objects.requireNonNull;

import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Two further measures of how far apart the features of two languages are. Xian, Ji & Zhao (ICLR 2022, note 1) say
/// that they go with the shift of [ClassMeans] closely, and do not say how they took them.
public final class FeatureDistances {
    private FeatureDistances() {}

    /// Eq. (1) with the maximum mean discrepancy (Gretton et al., JMLR 2012, Eq. 5; biased) for D, over the classes
    /// that both have:
    ///
    ///     MMD² = 1/n² Σ k(xᵢ, xᵢ′) + 1/m² Σ k(yⱼ, yⱼ′) − 2/nm Σ k(xᵢ, yⱼ)      k(x, y) = exp(−‖x − y‖² / 2σ²)
    ///
    /// σ is the median distance in the class, both languages together (their section 8).
    ///
    /// @return NaN without a common class
    public static double kernelMmd(LastFeatures source, LastFeatures target, String pooling) {
        int[] common = source.classes().stream()
                .mapToInt(Integer::intValue)
                .distinct()
                .filter(target.classes()::contains)
                .sorted()
                .toArray();
        return Arrays.stream(common)
                .mapToDouble(label -> mmd(source.ofClass(pooling, label), target.ofClass(pooling, label)))
                .average()
                .orElse(Double.NaN);
    }

    /// @param x [n][d]
    /// @param y [m][d]
    static double mmd(double[][] x, double[][] y) {
        int n = x.length;
        double[][] all = Arrays.copyOf(x, n + y.length);
        System.arraycopy(y, 0, all, n, y.length);
        double[] squared = squaredDistances(all);
        double scale = median(squared, all.length);
        if (!(scale > 0)) return 0; // more than half of all pairs are the same point
        double[] sums = new double[3]; // x with x, x with y (twice), y with y
        for (int i = 0; i < all.length; i++)
            for (int j = 0; j < all.length; j++)
                sums[(i < n ? 0 : 1) + (j < n ? 0 : 1)] += Math.exp(-squared[i * all.length + j] / (2 * scale));
        double m = y.length;
        return Math.sqrt(Math.max(0, sums[0] / n / n + sums[2] / m / m - sums[1] / n / m));
    }

    /// ‖aᵢ‖² + ‖aⱼ‖² − 2aᵢ·aⱼ, [n · n].
    private static double[] squaredDistances(double[][] all) {
        try (Scope _ = Scope.open()) {
            Tensor a = matrix(Arrays.asList(all)); // [n, d]
            Tensor norms = a.square().sum(1, true); // [n, 1]
            Tensor dots = a.matmul(a.transpose(0, 1)); // [n, n]
            return norms.plus(norms.transpose(0, 1))
                    .minus(dots.times(2))
                    .maximum(Tensor.scalar(0))
                    .toDoubles();
        }
    }

    /// Of pairs of different points, squared.
    private static double median(double[] squared, int n) {
        double[] pairs = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) pairs[next++] = Math.sqrt(squared[i * n + j]);
        Arrays.sort(pairs);
        if (pairs.length == 0) return 0;
        double median = (pairs[pairs.length / 2] + pairs[(pairs.length - 1) / 2]) / 2;
        return median * median;
    }

    /// 1 − linear centred kernel alignment (Kornblith et al., ICML 2019, section 3) of texts and their translations,
    /// X and Y with the columns' means taken away:
    ///
    ///     1 − ‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖)
    ///
    /// @return 0 where one is the other but for rotation and scale; NaN where all texts of a language have one
    ///     feature
    public static double linearCka(LastFeatures source, LastFeatures target, String pooling) {
        try (Scope _ = Scope.open()) {
            Tensor x = centred(matrix(requireNonNull(source.rows().get(pooling))));
            Tensor y = centred(matrix(requireNonNull(target.rows().get(pooling))));
            return 1 - norm(y, x) * norm(y, x) / (norm(x, x) * norm(y, y));
        }
    }

    private static Tensor centred(Tensor rows) {
        return rows.minus(rows.sum(0, true).times(1.0 / rows.size(0)));
    }

    /// ‖aᵀb‖, Frobenius.
    private static double norm(Tensor a, Tensor b) {
        return Math.sqrt(a.transpose(0, 1).matmul(b).square().sum().toDouble());
    }

    private static Tensor matrix(List<double[]> rows) {
        int d = rows.getFirst().length;
        double[] flat = new double[rows.size() * d];
        for (int i = 0; i < rows.size(); i++) System.arraycopy(rows.get(i), 0, flat, i * d, d);
        return Tensor.of(flat, rows.size(), d);
    }
}
