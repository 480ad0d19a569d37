package dev.isogloss.trainer.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Points on the axes along which they are spread most (Pearson, 1901).
///
/// The d × d matrix of inner products of the axes, or, of n < d points, the n × n matrix of those of the points, is
/// brought into diagonal form by Jacobi's rotations (Golub & Van Loan, section 8.5), which is exact to rounding and the
/// same on every machine. The sign of an axis is open: here the point that is farthest out on it has a positive place.
public final class PrincipalComponents {
    private static final int MOST_SWEEPS = 60;

    private PrincipalComponents() {}

    /// @param x     [n][d], n at least 1
    /// @param count of axes, at most n
    /// @return [n][count], of mean 0; an axis without spread has zeros
    public static double[][] scores(double[][] x, int count) {
        double[][] centred = centred(x);
        boolean few = x.length <= x[0].length;
        double[][] rows = few ? centred : transposed(centred);
        double[][] products = products(rows);
        double[][] vectors = new double[rows.length][rows.length]; // a vector a row
        for (int i = 0; i < rows.length; i++) vectors[i][i] = 1;
        for (int sweep = 0; sweep < MOST_SWEEPS && isMixed(products); sweep++) rotateAll(products, vectors);
        int[] order = IntStream.range(0, rows.length)
                .boxed()
                .sorted((a, b) -> Double.compare(products[b][b], products[a][a]))
                .mapToInt(i -> i)
                .toArray();
        double[][] scores = new double[x.length][count];
        for (int axis = 0; axis < Math.min(count, order.length); axis++) {
            double[] vector = vectors[order[axis]];
            double length = Math.sqrt(Math.max(0, products[order[axis]][order[axis]]));
            for (int i = 0; i < x.length; i++) scores[i][axis] = few ? length * vector[i] : product(centred[i], vector);
            turn(scores, axis);
        }
        return scores;
    }

    private static double[][] centred(double[][] x) {
        double[] mean = new double[x[0].length];
        for (double[] point : x) for (int k = 0; k < mean.length; k++) mean[k] += point[k] / x.length;
        return Arrays.stream(x)
                .map(point -> IntStream.range(0, mean.length)
                        .mapToDouble(k -> point[k] - mean[k])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[][] transposed(double[][] x) {
        double[][] columns = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++) for (int k = 0; k < columns.length; k++) columns[k][i] = x[i][k];
        return columns;
    }

    private static double[][] products(double[][] rows) {
        double[][] products = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++)
            for (int j = 0; j <= i; j++) {
                products[i][j] = product(rows[i], rows[j]);
                products[j][i] = products[i][j];
            }
        return products;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) sum += a[k] * b[k];
        return sum;
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
        double[] rowP = matrix[p];
        double[] rowQ = matrix[q];
        double pp = rowP[p] - t * rowP[q];
        double qq = rowQ[q] + t * rowP[q];
        for (int k = 0; k < matrix.length; k++) {
            double atP = rowP[k];
            double atQ = rowQ[k];
            rowP[k] = c * atP - s * atQ;
            rowQ[k] = s * atP + c * atQ;
            double vp = vectors[p][k];
            double vq = vectors[q][k];
            vectors[p][k] = c * vp - s * vq;
            vectors[q][k] = s * vp + c * vq;
        }
        rowP[p] = pp;
        rowQ[q] = qq;
        rowP[q] = 0;
        rowQ[p] = 0;
        for (int k = 0; k < matrix.length; k++) {
            if (k == p || k == q) continue;
            matrix[k][p] = rowP[k];
            matrix[k][q] = rowQ[k];
        }
    }

    private static void turn(double[][] scores, int axis) {
        double farthest = 0;
        for (double[] row : scores) if (Math.abs(row[axis]) > Math.abs(farthest) + 1e-12) farthest = row[axis];
        if (farthest < 0) for (double[] row : scores) row[axis] = -row[axis];
    }
}
