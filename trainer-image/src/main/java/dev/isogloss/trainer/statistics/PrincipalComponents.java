package dev.isogloss.trainer.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Points on the axes along which they are spread most (Pearson, 1901).
///
/// Of n points the n × n matrix of inner products is brought into diagonal form by Jacobi's rotations (Golub & Van
/// Loan, section 8.5), which is exact to rounding and the same on every machine. The sign of an axis is open: here the
/// point that is farthest out on it has a positive place.
public final class PrincipalComponents {
    private static final int MOST_SWEEPS = 60;

    private PrincipalComponents() {}

    /// @param x     [n][d], n at least 1
    /// @param count of axes, at most n
    /// @return [n][count], of mean 0; an axis without spread has zeros
    public static double[][] scores(double[][] x, int count) {
        double[][] products = products(x);
        int n = x.length;
        double[][] vectors = new double[n][n];
        for (int i = 0; i < n; i++) vectors[i][i] = 1;
        for (int sweep = 0; sweep < MOST_SWEEPS && isMixed(products); sweep++) rotateAll(products, vectors);
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(products[b][b], products[a][a]))
                .mapToInt(i -> i)
                .toArray();
        double[][] scores = new double[n][count];
        for (int axis = 0; axis < count; axis++) {
            int column = order[axis];
            double length = Math.sqrt(Math.max(0, products[column][column]));
            double sign = sign(vectors, column);
            for (int i = 0; i < n; i++) scores[i][axis] = sign * length * vectors[i][column];
        }
        return scores;
    }

    /// Of the points around their mean.
    private static double[][] products(double[][] x) {
        int n = x.length;
        int d = x[0].length;
        double[] mean = new double[d];
        for (double[] point : x) for (int k = 0; k < d; k++) mean[k] += point[k] / n;
        double[][] centred = Arrays.stream(x)
                .map(point -> IntStream.range(0, d)
                        .mapToDouble(k -> point[k] - mean[k])
                        .toArray())
                .toArray(double[][]::new);
        double[][] products = new double[n][n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < d; k++) sum += centred[i][k] * centred[j][k];
                products[i][j] = sum;
                products[j][i] = sum;
            }
        return products;
    }

    private static boolean isMixed(double[][] matrix) {
        double off = 0;
        double whole = 0;
        for (int i = 0; i < matrix.length; i++)
            for (int j = 0; j < matrix.length; j++) {
                whole += matrix[i][j] * matrix[i][j];
                if (i != j) off += matrix[i][j] * matrix[i][j];
            }
        return off > 1e-28 * whole;
    }

    private static void rotateAll(double[][] matrix, double[][] vectors) {
        for (int p = 0; p < matrix.length; p++)
            for (int q = p + 1; q < matrix.length; q++) if (matrix[p][q] != 0) rotate(matrix, vectors, p, q);
    }

    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < matrix.length; k++) {
            double kp = matrix[k][p];
            double kq = matrix[k][q];
            matrix[k][p] = c * kp - s * kq;
            matrix[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < matrix.length; k++) {
            double pk = matrix[p][k];
            double qk = matrix[q][k];
            matrix[p][k] = c * pk - s * qk;
            matrix[q][k] = s * pk + c * qk;
            double vp = vectors[k][p];
            double vq = vectors[k][q];
            vectors[k][p] = c * vp - s * vq;
            vectors[k][q] = s * vp + c * vq;
        }
    }

    private static double sign(double[][] vectors, int column) {
        double farthest = 0;
        for (double[] row : vectors) if (Math.abs(row[column]) > Math.abs(farthest) + 1e-12) farthest = row[column];
        return farthest < 0 ? -1 : 1;
    }
}
