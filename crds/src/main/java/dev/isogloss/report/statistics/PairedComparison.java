package dev.isogloss.report.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The difference of two systems on the same examples, and how sure it is.
///
/// * Interval: percentile bootstrap of the difference (Efron & Tibshirani, 1993, ch. 13): examples are drawn with
///   repetition, the same for both systems and for all seeds.
/// * `pBootstrap`: 2·min(share of d* ≤ 0, share of d* ≥ 0), at most 1 (Koehn, EMNLP 2004, two-sided).
/// * `pRandomisation`: (1 + #{|d*| ≥ |d|}) / (1 + R), where d* swaps the systems' predictions of each example with
///   probability ½ (Noreen, 1989; Yeh, COLING 2000).
/// * `effect`: Cohen's h = 2·asin√b − 2·asin√a (1988, ch. 6): 0.2 is small, 0.5 medium, 0.8 large, wherever on the
///   scale.
///
/// Several languages give the mean of their differences; each is resampled by itself.
///
/// @param examples   of all languages
/// @param a          the first system's score, mean over seeds (and languages)
/// @param b          the second's
/// @param difference b − a
/// @param low        lower end of the 95 % interval of the difference
public record PairedComparison(
        int examples,
        double a,
        double b,
        double difference,
        double low,
        double high,
        double pBootstrap,
        double pRandomisation,
        double effect) {
    private static final double EXACT = 1e-12;

    /// @param a         of each language
    /// @param b         of the same languages on the same examples
    /// @param resamples R, > 0
    /// @param chance    a stream of random numbers by its name
    /// @throws IllegalArgumentException if the systems were not measured on the same number of examples
    public static PairedComparison of(
            List<PairedOutcomes> a, List<PairedOutcomes> b, int resamples, Function<String, RandomGenerator> chance) {
        for (int l = 0; l < a.size(); l++)
            if (a.get(l).examples() != b.get(l).examples())
                throw new IllegalArgumentException(
                        a.get(l).examples() + " and " + b.get(l).examples() + " examples");
        double scoreA = a.stream().mapToDouble(PairedOutcomes::score).average().orElseThrow();
        double scoreB = b.stream().mapToDouble(PairedOutcomes::score).average().orElseThrow();
        double difference = scoreB - scoreA;
        double[] bootstrap = bootstrap(a, b, resamples, chance.apply("bootstrap"));
        return new PairedComparison(
                a.stream().mapToInt(PairedOutcomes::examples).sum(),
                scoreA,
                scoreB,
                difference,
                quantile(bootstrap, 0.025),
                quantile(bootstrap, 0.975),
                Math.min(1, 2 * Math.min(share(bootstrap, -1), share(bootstrap, 1))),
                randomisation(a, b, difference, resamples, chance.apply("randomisation")),
                2 * Math.asin(Math.sqrt(scoreB)) - 2 * Math.asin(Math.sqrt(scoreA)));
    }

    /// Sorted.
    private static double[] bootstrap(
            List<PairedOutcomes> a, List<PairedOutcomes> b, int resamples, RandomGenerator random) {
        double[] differences = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            for (int l = 0; l < a.size(); l++) {
                int n = a.get(l).examples();
                int[] sample = new int[n];
                for (int i = 0; i < n; i++) sample[i] = random.nextInt(n);
                sum += b.get(l).score(sample) - a.get(l).score(sample);
            }
            differences[r] = sum / a.size();
        }
        Arrays.sort(differences);
        return differences;
    }

    private static double share(double[] differences, int sign) {
        return (double) Arrays.stream(differences)
                        .filter(difference -> sign < 0 ? difference <= EXACT : difference >= -EXACT)
                        .count()
                / differences.length;
    }

    private static double randomisation(
            List<PairedOutcomes> a, List<PairedOutcomes> b, double difference, int resamples, RandomGenerator random) {
        int asFar = 0;
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            for (int l = 0; l < a.size(); l++) {
                long[] swapped = new long[(a.get(l).examples() + 63) / 64];
                for (int w = 0; w < swapped.length; w++) swapped[w] = random.nextLong();
                sum += b.get(l).score(a.get(l), swapped) - a.get(l).score(b.get(l), swapped);
            }
            if (Math.abs(sum / a.size()) >= Math.abs(difference) - EXACT) asFar++;
        }
        return (1.0 + asFar) / (1.0 + resamples);
    }

    /// Between the two nearest values, as NumPy's default does.
    ///
    /// @param sorted rising, one or more
    /// @param q      0 to 1
    public static double quantile(double[] sorted, double q) {
        double at = (sorted.length - 1) * q;
        int below = (int) Math.floor(at);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /// Holm's step-down adjustment (Scandinavian Journal of Statistics, 1979): of m tests' p-values in ascending order
    ///
    ///     p̃₍ᵢ₎  =  max over j ≤ i of  min(1, (m − j + 1)·p₍ⱼ₎)
    ///
    /// @return in the given order
    public static List<Double> holm(List<Double> pValues) {
        int m = pValues.size();
        List<Integer> order = new ArrayList<>(IntStream.range(0, m).boxed().toList());
        order.sort(Comparator.comparingDouble(pValues::get));
        Double[] adjusted = new Double[m];
        double highest = 0;
        for (int j = 0; j < m; j++) {
            highest = Math.max(highest, Math.min(1, (m - j) * pValues.get(order.get(j))));
            adjusted[order.get(j)] = highest;
        }
        return List.of(adjusted);
    }
}
