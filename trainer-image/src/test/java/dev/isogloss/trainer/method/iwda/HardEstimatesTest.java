package dev.isogloss.trainer.method.iwda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.random.RandomStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// First estimates where C is singular or nearly so: classes that are never predicted, columns that (nearly) repeat
/// another, classes with one example in ten thousand, up to 17 classes.
class HardEstimatesTest {
    private static final int PROBLEMS = 4000;

    /// What may be missing to the minimum of ½‖Cw − t‖².
    private static final double ENOUGH = 1e-8;

    private record Problem(double[][] confusion, double[] prediction, double[] p) {

        static Problem of(int number) {
            RandomStream random = RandomStream.of(number, "hard estimates");
            int k = 2 + random.nextInt(16);
            double[] p = shares(random, k, random.nextInt(2) == 0);
            double[][] conditional = conditional(random, k);
            double[] target = shares(random, k, random.nextInt(2) == 0);
            double[] anything = shares(random, k, false);
            double mix = random.nextInt(2) * random.nextDouble();
            double[] prediction = new double[k];
            double[][] confusion = new double[k][k];
            for (int guess = 0; guess < k; guess++) {
                prediction[guess] = mix * anything[guess];
                for (int y = 0; y < k; y++) {
                    prediction[guess] += (1 - mix) * conditional[guess][y] * target[y];
                    confusion[guess][y] = conditional[guess][y] * p[y];
                }
            }
            return new Problem(confusion, prediction, p);
        }

        private static double[][] conditional(RandomStream random, int k) {
            double accuracy = random.nextDouble();
            double[][] conditional = new double[k][k];
            for (int y = 0; y < k; y++) {
                double[] mistakes = shares(random, k, false);
                for (int guess = 0; guess < k; guess++)
                    conditional[guess][y] = (1 - accuracy) * mistakes[guess] + (guess == y ? accuracy : 0);
            }
            for (int i = random.nextInt(4); i > 0; i--) repeat(conditional, random);
            for (int i = random.nextInt(k / 2 + 1); i > 0; i--) neverPredict(conditional, random);
            return conditional;
        }

        private static void repeat(double[][] conditional, RandomStream random) {
            int from = random.nextInt(conditional.length);
            int to = random.nextInt(conditional.length);
            double other = random.nextInt(4) == 0 ? 0 : Math.pow(10, -2 - random.nextInt(12));
            double[] others = shares(random, conditional.length, false);
            for (int guess = 0; guess < conditional.length; guess++)
                conditional[guess][to] = (1 - other) * conditional[guess][from] + other * others[guess];
        }

        private static void neverPredict(double[][] conditional, RandomStream random) {
            int never = random.nextInt(conditional.length);
            int instead = random.nextInt(conditional.length);
            if (never == instead) return;
            for (int y = 0; y < conditional.length; y++) {
                conditional[instead][y] += conditional[never][y];
                conditional[never][y] = 0;
            }
        }

        /// @param rare whether some classes get one example in about ten thousand
        private static double[] shares(RandomStream random, int k, boolean rare) {
            double[] shares = new double[k];
            for (int j = 0; j < k; j++) shares[j] = 1e-3 - StrictMath.log(1 - random.nextDouble());
            double sum = Arrays.stream(shares).sum();
            for (int j = 0; j < k; j++) shares[j] = rare && j > 0 && random.nextInt(3) == 0 ? 1e-4 : shares[j] / sum;
            double whole = Arrays.stream(shares).sum();
            return Arrays.stream(shares).map(share -> share / whole).toArray();
        }
    }

    /// The slope of ½‖Cw − t‖² along class j is ∂ⱼ. At the minimum ∂ⱼ/pⱼ is one number ν for all classes of weight
    /// above 0, and at least ν for the others; what is missing to the minimum is at most Σ pⱼwⱼ(∂ⱼ/pⱼ − min).
    @Test
    void the_karush_kuhn_tucker_conditions_hold_in_thousands_of_hard_problems() {
        for (int number = 0; number < PROBLEMS; number++) {
            Problem problem = Problem.of(number);
            double[] w = InitialWeights.solve(problem.confusion(), problem.prediction(), problem.p(), false);

            double[] along = slopes(problem.confusion(), problem.prediction(), w);
            for (int j = 0; j < w.length; j++) along[j] /= problem.p()[j];
            double least = Arrays.stream(along).min().orElseThrow();
            double missing = IntStream.range(0, w.length)
                    .mapToDouble(j -> problem.p()[j] * w[j] * (along[j] - least))
                    .sum();
            assertThat(missing).as("problem %d", number).isLessThan(1.01 * ENOUGH);
            assertFeasible(w, problem.p(), number);
        }
    }

    /// By `hard_estimates_golden.py`.
    @Test
    void no_estimate_fits_worse_than_that_of_scipy() throws IOException {
        JsonNode cases;
        try (var in = HardEstimatesTest.class.getResourceAsStream("hard-estimates.json")) {
            cases = Json.PLAIN.readTree(in);
        }
        for (int number = 0; number < cases.size(); number++) {
            JsonNode counts = cases.get(number).get("confusion");
            int k = counts.size();
            double[][] confusion = new double[k][];
            double total = 0;
            for (int i = 0; i < k; i++) {
                confusion[i] = doubles(counts.get(i));
                total += Arrays.stream(confusion[i]).sum();
            }
            for (double[] row : confusion) for (int j = 0; j < k; j++) row[j] /= total;
            double[] prediction = doubles(cases.get(number).get("prediction"));
            double predictions = Arrays.stream(prediction).sum();
            for (int i = 0; i < k; i++) prediction[i] /= predictions;
            double[] p = new double[k];
            for (double[] row : confusion) for (int j = 0; j < k; j++) p[j] += row[j];

            double[] w = InitialWeights.solve(confusion, prediction, p, false);

            assertThat(misfit(confusion, prediction, w))
                    .as("case %d", number)
                    .isCloseTo(cases.get(number).get("least").asDouble(), within(2 * ENOUGH));
            assertFeasible(w, p, number);
        }
    }

    /// With the linear term of the authors' code nothing is fitted any more, but the problem is as convex.
    @Test
    void the_transposed_problem_of_the_authors_code_has_a_checked_minimum_too() {
        for (int number = 0; number < PROBLEMS; number += 4) {
            Problem problem = Problem.of(number);
            assertFeasible(
                    InitialWeights.solve(problem.confusion(), problem.prediction(), problem.p(), true),
                    problem.p(),
                    number);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void what_has_no_minimum_is_an_error_and_no_estimate(double none) {
        assertThatThrownBy(() -> InitialWeights.solve(
                        new double[][] {{0.5, 0}, {0, 0.5}}, new double[] {none, 0}, new double[] {0.5, 0.5}, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no minimum of the quadratic programme of 2 classes was found");
    }

    private static double[] slopes(double[][] confusion, double[] prediction, double[] w) {
        double[] slopes = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            double residual = residual(confusion[i], prediction[i], w);
            for (int j = 0; j < w.length; j++) slopes[j] += confusion[i][j] * residual;
        }
        return slopes;
    }

    private static double misfit(double[][] confusion, double[] prediction, double[] w) {
        return IntStream.range(0, w.length)
                .mapToDouble(i -> residual(confusion[i], prediction[i], w))
                .map(residual -> residual * residual)
                .sum();
    }

    private static double residual(double[] row, double wanted, double[] w) {
        return IntStream.range(0, w.length).mapToDouble(j -> row[j] * w[j]).sum() - wanted;
    }

    private static double[] doubles(JsonNode numbers) {
        return IntStream.range(0, numbers.size())
                .mapToDouble(i -> numbers.get(i).asDouble())
                .toArray();
    }

    private static void assertFeasible(double[] w, double[] p, int number) {
        assertThat(Arrays.stream(w).min().orElseThrow())
                .as("problem %d", number)
                .isGreaterThanOrEqualTo(-ENOUGH);
        assertThat(IntStream.range(0, p.length).mapToDouble(j -> p[j] * w[j]).sum())
                .as("problem %d", number)
                .isCloseTo(1, within(ENOUGH));
    }
}
