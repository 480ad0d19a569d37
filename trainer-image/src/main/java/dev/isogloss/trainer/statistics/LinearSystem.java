package dev.isogloss.trainer.statistics;

/// A x = b by elimination with partial pivoting.
final class LinearSystem {
    /// A pivot below this share of the greatest entry counts as 0.
    private static final double SINGULAR = 1e-14;

    private LinearSystem() {}

    /// A has no inverse.
    static final class Singular extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// @param a [n][n], overwritten
    /// @param b [n], overwritten with x
    static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double greatest = 0;
        for (double[] row : a) for (double entry : row) greatest = Math.max(greatest, Math.abs(entry));
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int i = column + 1; i < n; i++) if (Math.abs(a[i][column]) > Math.abs(a[pivot][column])) pivot = i;
            if (!(Math.abs(a[pivot][column]) > SINGULAR * greatest)) throw new Singular();
            swap(a, b, column, pivot);
            for (int i = column + 1; i < n; i++) {
                double factor = a[i][column] / a[column][column];
                if (factor == 0) continue;
                for (int j = column; j < n; j++) a[i][j] -= factor * a[column][j];
                b[i] -= factor * b[column];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) b[i] -= a[i][j] * b[j];
            b[i] /= a[i][i];
        }
        return b;
    }

    private static void swap(double[][] a, double[] b, int i, int j) {
        double[] row = a[i];
        a[i] = a[j];
        a[j] = row;
        double value = b[i];
        b[i] = b[j];
        b[j] = value;
    }
}
