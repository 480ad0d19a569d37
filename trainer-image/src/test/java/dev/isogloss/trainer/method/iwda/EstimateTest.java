package dev.isogloss.trainer.method.iwda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.statistics.WeightProjection;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What holds of every estimate of class weights.
class EstimateTest {

    /// A source and a target that differ in their priors alone, and a model with its mistakes.
    private record World(double[] p, double[] q, double[][] conditional) {
        static World of(long seed, int k) {
            RandomStream random = RandomStream.of(seed, "world");
            double[][] conditional = new double[k][k];
            for (int y = 0; y < k; y++) {
                double[] mistakes = shares(random, k, 0.2);
                for (int guess = 0; guess < k; guess++)
                    conditional[guess][y] = 0.15 * mistakes[guess] + (guess == y ? 0.85 : 0);
            }
            return new World(shares(random, k, 1), shares(random, k, 1), conditional);
        }

        private static double[] shares(RandomStream random, int k, double least) {
            double[] shares = IntStream.range(0, k)
                    .mapToDouble(j -> least + random.nextDouble() * 2)
                    .toArray();
            double sum = Arrays.stream(shares).sum();
            return Arrays.stream(shares).map(share -> share / sum).toArray();
        }

        double[][] confusion() {
            return IntStream.range(0, p.length)
                    .mapToObj(guess -> IntStream.range(0, p.length)
                            .mapToDouble(y -> conditional[guess][y] * p[y])
                            .toArray())
                    .toArray(double[][]::new);
        }

        double[] prediction() {
            return IntStream.range(0, q.length)
                    .mapToDouble(guess -> IntStream.range(0, q.length)
                            .mapToDouble(y -> conditional[guess][y] * q[y])
                            .sum())
                    .toArray();
        }

        double[] weights() {
            return IntStream.range(0, p.length).mapToDouble(j -> q[j] / p[j]).toArray();
        }
    }

    @Property(tries = 200)
    void estimated_weights_are_within_their_constraints_and_no_feasible_ones_fit_better(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 2, max = 17) int k) {
        World world = World.of(seed, k);
        double[] anything = World.of(seed + 1, k).prediction();

        double[] w = InitialWeights.solve(world.confusion(), anything, world.p(), false);

        assertFeasible(w, world.p());
        RandomStream random = RandomStream.of(seed, "others");
        for (int i = 0; i < 30; i++) {
            double[] other = WeightProjection.euclidean(
                    Arrays.stream(w)
                            .map(each -> each + 0.3 * random.nextGaussian())
                            .toArray(),
                    world.p());
            assertThat(misfit(world.confusion(), w, anything))
                    .isLessThanOrEqualTo(misfit(world.confusion(), other, anything) + 1e-12);
        }
    }

    @Property(tries = 100)
    void a_class_that_is_never_predicted_leaves_the_estimate_within_its_constraints(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 2, max = 9) int k) {
        World world = World.of(seed, k);
        double[][] confusion = world.confusion();
        double[] prediction = world.prediction();
        for (int y = 0; y < k; y++) confusion[0][y] += confusion[k - 1][y];
        prediction[0] += prediction[k - 1];
        Arrays.fill(confusion[k - 1], 0);
        prediction[k - 1] = 0;

        assertFeasible(InitialWeights.solve(confusion, prediction, world.p(), false), world.p());
    }

    /// By hand: all weights with p·w = 1 fit C = [[.9, .1], [0, 0]] and t = (1, 0); the shortest of them is
    /// p/‖p‖² = (.9, .1)/.82.
    @Test
    void where_one_class_is_always_predicted_the_estimate_is_in_proportion_to_the_priors() {
        double[] p = {0.9, 0.1};

        double[] w = InitialWeights.solve(new double[][] {{0.9, 0.1}, {0, 0}}, new double[] {1, 0}, p, false);

        assertThat(w).containsExactly(new double[] {0.9 / 0.82, 0.1 / 0.82}, within(1e-6));
        assertThat(w).containsExactly(new double[] {1.098, 0.122}, within(5e-4));
        assertThat(InitialWeights.towardsUniform(w, 0.25)).containsExactly(new double[] {1.073, 0.341}, within(5e-4));
        assertFeasible(w, p);
    }

    @Property(tries = 100)
    void classes_in_another_order_have_their_weights_in_that_order(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 2, max = 9) int k) {
        World world = World.of(seed, k);
        double[] prediction = World.of(seed + 1, k).prediction();
        int[] order = RandomStream.of(seed, "order").permutation(k);
        double[][] confusion = world.confusion();
        double[][] permuted = IntStream.of(order)
                .mapToObj(i ->
                        IntStream.of(order).mapToDouble(j -> confusion[i][j]).toArray())
                .toArray(double[][]::new);

        double[] w = InitialWeights.solve(confusion, prediction, world.p(), false);
        double[] there = InitialWeights.solve(permuted, pick(prediction, order), pick(world.p(), order), false);

        assertThat(there).containsExactly(pick(w, order), within(1e-6));
    }

    /// Ten thousand examples of either language, counted; the error is Σ p|w − w*|, twice the total variation that is
    /// left.
    @Test
    void known_weights_are_found_again_in_ten_thousand_examples() {
        double[] errors =
                IntStream.range(0, 25).mapToDouble(EstimateTest::error).toArray();

        assertThat(Arrays.stream(errors).average().orElseThrow()).isLessThan(0.05);
        assertThat(Arrays.stream(errors).max().orElseThrow()).isLessThan(0.1);
    }

    private static double error(int seed) {
        int k = 4;
        World world = World.of(seed, k);
        RandomStream random = RandomStream.of(seed, "examples");
        double[][] confusion = new double[k][k];
        double[] prediction = new double[k];
        double[] p = new double[k];
        int n = 10_000;
        for (int i = 0; i < n; i++) {
            int y = draw(world.p(), random);
            p[y] += 1.0 / n;
            confusion[guess(world, y, random)][y] += 1.0 / n;
            prediction[guess(world, draw(world.q(), random), random)] += 1.0 / n;
        }

        double[] w = InitialWeights.solve(confusion, prediction, p, false);

        double[] truth = world.weights();
        return IntStream.range(0, k)
                .mapToDouble(j -> world.p()[j] * Math.abs(w[j] - truth[j]))
                .sum();
    }

    private static int guess(World world, int y, RandomStream random) {
        return draw(
                Arrays.stream(world.conditional()).mapToDouble(row -> row[y]).toArray(), random);
    }

    private static int draw(double[] shares, RandomStream random) {
        double left = random.nextDouble();
        for (int j = 0; j < shares.length - 1; j++) {
            left -= shares[j];
            if (left < 0) return j;
        }
        return shares.length - 1;
    }

    private static double[] pick(double[] values, int[] order) {
        return IntStream.of(order).mapToDouble(i -> values[i]).toArray();
    }

    private static double misfit(double[][] confusion, double[] w, double[] prediction) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            double fitted = 0;
            for (int j = 0; j < w.length; j++) fitted += confusion[i][j] * w[j];
            sum += (fitted - prediction[i]) * (fitted - prediction[i]);
        }
        return sum;
    }

    /// A class behind all others, of which the source has none, and which is predicted now and then.
    @Property(tries = 50)
    void a_class_that_the_source_does_not_have_weighs_one_and_leaves_the_others_as_they_are(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int k) {
        World world = World.of(seed, k);
        double[][] confusion = new double[k + 1][k + 1];
        for (int i = 0; i < k; i++) confusion[i] = Arrays.copyOf(world.confusion()[i], k + 1);
        double[] p = Arrays.copyOf(world.p(), k + 1);

        double[] alone = InitialWeights.solve(world.confusion(), world.prediction(), world.p(), false);
        double[] w = InitialWeights.solve(confusion, Arrays.copyOf(world.prediction(), k + 1), p, false);

        assertThat(w[k]).isOne();
        assertThat(Arrays.copyOf(w, k)).containsExactly(alone, within(1e-9));
    }

    @Test
    void true_weights_are_ratios_among_the_classes_that_the_source_has() {
        // of the target 0.8 are of classes that the source has
        assertThat(InitialWeights.oracle(new double[] {0.2, 0.6, 0.2}, new double[] {0.5, 0.5, 0}))
                .containsExactly(new double[] {0.5, 1.5, 1}, within(1e-12));
        assertThat(InitialWeights.oracle(new double[] {0, 0, 1}, new double[] {0.5, 0.5, 0}))
                .containsExactly(1, 1, 1);
    }

    private static void assertFeasible(double[] w, double[] p) {
        assertThat(Arrays.stream(w).min().orElseThrow()).isGreaterThanOrEqualTo(0);
        assertThat(IntStream.range(0, p.length).mapToDouble(j -> p[j] * w[j]).sum())
                .isCloseTo(1, within(1e-9));
    }
}
