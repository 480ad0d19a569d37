package dev.isogloss.trainer.analysis;

import java.util.List;

/// Distances between vectors in their own space, which a map of them can only hint at.
public final class Neighbourhood {
    private Neighbourhood() {}

    /// The share of vectors whose nearest neighbour is of another group: 0 where groups lie apart; where they lie as if
    /// drawn from one, what a vector drawn at random would have. Of neighbours at one distance the first counts.
    ///
    /// @param vectors [n][d], n at least 2
    /// @param groups  [n]
    public static double mixing(double[][] vectors, List<String> groups) {
        int strangers = 0;
        for (int i = 0; i < vectors.length; i++) {
            int nearest = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < vectors.length; j++) {
                if (j == i) continue;
                double distance = distance(vectors[i], vectors[j]);
                if (nearest >= 0 && distance >= least) continue;
                nearest = j;
                least = distance;
            }
            if (!groups.get(i).equals(groups.get(nearest))) strangers++;
        }
        return (double) strangers / vectors.length;
    }

    /// The mean distance of the vectors of a pair, over that of any two vectors.
    ///
    /// @param vectors [n][d], n at least 2
    /// @param pairs   [m][2], numbers of vectors, m at least 1
    public static double pairDistance(double[][] vectors, List<int[]> pairs) {
        double all = 0;
        for (int i = 0; i < vectors.length; i++) for (int j = 0; j < i; j++) all += distance(vectors[i], vectors[j]);
        double mean = all / (vectors.length * (vectors.length - 1.0) / 2);
        double paired = pairs.stream()
                .mapToDouble(pair -> distance(vectors[pair[0]], vectors[pair[1]]))
                .sum();
        return paired / pairs.size() / mean;
    }

    private static double distance(double[] a, double[] b) {
        double square = 0;
        for (int k = 0; k < a.length; k++) square += (a[k] - b[k]) * (a[k] - b[k]);
        return Math.sqrt(square);
    }
}
