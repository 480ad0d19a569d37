package dev.isogloss.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Comparisons small enough to be worked out by hand, with chance that is written down.
class PairedComparisonTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /// Gives the numbers that it was made of, and no more.
    private static final class Written implements RandomGenerator {
        private final Deque<Long> numbers = new ArrayDeque<>();

        Written(long... numbers) {
            Arrays.stream(numbers).forEach(this.numbers::add);
        }

        @Override
        public long nextLong() {
            return numbers.remove();
        }

        @Override
        public int nextInt(int bound) {
            int number = Math.toIntExact(nextLong());
            assertThat(number).isBetween(0, bound - 1);
            return number;
        }
    }

    private static Function<String, RandomGenerator> chance(long[] bootstrap, long[] randomisation) {
        return name -> switch (name) {
            case "bootstrap" -> new Written(bootstrap);
            case "randomisation" -> new Written(randomisation);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// One seed, each example right or not.
    private static PairedOutcomes right(int... right) {
        return new PairedOutcomes(
                new double[][] {Arrays.stream(right).asDoubleStream().toArray()},
                new double[][] {IntStream.of(right).mapToDouble(_ -> 1).toArray()});
    }

    /// B is right where A is and on examples 1 and 2. Samples have the differences .5, 1, 0 and .25, whose
    /// quantiles are 0 + .075·.25 and .5 + .925·.5; one of four is ≤ 0. Of the swaps, those of one of the two
    /// examples leave no difference, the others one of ±.5.
    @Test
    void every_number_of_one_language_is_the_one_by_hand() {
        PairedComparison compared = PairedComparison.of(
                List.of(right(1, 0, 0, 0)),
                List.of(right(1, 1, 1, 0)),
                4,
                chance(
                        new long[] {1, 1, 0, 0, 1, 2, 1, 2, 0, 0, 3, 3, 1, 0, 0, 3},
                        new long[] {0b0010, 0b0110, 0b1000, 0b0100}));

        assertThat(compared.examples()).isEqualTo(4);
        assertThat(compared.a()).isCloseTo(0.25, EXACT);
        assertThat(compared.b()).isCloseTo(0.75, EXACT);
        assertThat(compared.difference()).isCloseTo(0.5, EXACT);
        assertThat(compared.low()).isCloseTo(0.01875, EXACT);
        assertThat(compared.high()).isCloseTo(0.9625, EXACT);
        assertThat(compared.pBootstrap()).isCloseTo(0.5, EXACT);
        assertThat(compared.pRandomisation()).isCloseTo(3 / 5.0, EXACT);
        assertThat(compared.effect()).isCloseTo(Math.PI / 3, EXACT);
    }

    /// The same seen from the other side: signs turn, probabilities stay.
    @Test
    void the_worse_system_differs_as_surely_in_the_other_direction() {
        PairedComparison compared = PairedComparison.of(
                List.of(right(1, 1, 1, 0)),
                List.of(right(1, 0, 0, 0)),
                4,
                chance(
                        new long[] {1, 1, 0, 0, 1, 2, 1, 2, 0, 0, 3, 3, 1, 0, 0, 3},
                        new long[] {0b0010, 0b0110, 0b1000, 0b0100}));

        assertThat(compared.difference()).isCloseTo(-0.5, EXACT);
        assertThat(compared.low()).isCloseTo(-0.9625, EXACT);
        assertThat(compared.high()).isCloseTo(-0.01875, EXACT);
        assertThat(compared.pBootstrap()).isCloseTo(0.5, EXACT);
        assertThat(compared.pRandomisation()).isCloseTo(3 / 5.0, EXACT);
        assertThat(compared.effect()).isCloseTo(-Math.PI / 3, EXACT);
    }

    /// The first language's sample differs by .5, the second's by 1; swapped they differ by 0 and −.5.
    @Test
    void several_languages_are_resampled_each_by_itself_and_averaged() {
        PairedComparison compared = PairedComparison.of(
                List.of(right(1, 0, 0, 0), right(0, 1)),
                List.of(right(1, 1, 1, 0), right(1, 1)),
                1,
                chance(new long[] {1, 1, 0, 0, 0, 0}, new long[] {0b0010, 0b01}));

        assertThat(compared.examples()).isEqualTo(6);
        assertThat(compared.a()).isCloseTo(0.375, EXACT);
        assertThat(compared.b()).isCloseTo(0.875, EXACT);
        assertThat(compared.low()).isCloseTo(0.75, EXACT);
        assertThat(compared.high()).isCloseTo(0.75, EXACT);
        assertThat(compared.pBootstrap()).isZero();
        assertThat(compared.pRandomisation()).isCloseTo(1 / 2.0, EXACT);
    }

    /// Differences are ±1 of 70 examples, all of which stands on the last one.
    @Test
    void every_one_of_many_examples_can_be_swapped() {
        int[] a = new int[70];
        int[] b = new int[70];
        a[3] = 1;
        b[3] = 1;
        b[69] = 1;
        long[] none = new long[70];

        PairedComparison compared = PairedComparison.of(
                List.of(right(a)), List.of(right(b)), 1, chance(none, new long[] {1L << 3, 1L << 5}));

        assertThat(compared.pRandomisation()).isEqualTo(1);
        assertThat(right(b).score(right(a), new long[] {0, 1L << 5})).isCloseTo(1 / 70.0, EXACT);
        assertThat(right(b).score(right(a), new long[] {1L << 5, 0})).isCloseTo(2 / 70.0, EXACT);
    }

    @Test
    void systems_of_different_numbers_of_examples_are_refused() {
        assertThatThrownBy(() -> PairedComparison.of(
                        List.of(right(1), right(1, 0)), List.of(right(1), right(1, 0, 1)), 1, _ -> new Written()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 and 3 examples");
    }

    /// Seed 1: 1/2 of all, 2/6 of examples 1, 1; seed 2: 3/4 and nothing of nothing.
    @Test
    void a_score_is_the_mean_of_the_seeds_ratios_and_nothing_of_nothing_is_nothing() {
        PairedOutcomes outcomes = new PairedOutcomes(new double[][] {{2, 1}, {3, 0}}, new double[][] {{3, 3}, {4, 0}});

        assertThat(outcomes.examples()).isEqualTo(2);
        assertThat(outcomes.seeds()).isEqualTo(2);
        assertThat(outcomes.score()).isCloseTo((1 / 2.0 + 3 / 4.0) / 2, EXACT);
        assertThat(outcomes.score(new int[] {1, 1})).isCloseTo((1 / 3.0 + 0) / 2, EXACT);
        assertThat(outcomes.score(new int[] {0, 0, 1})).isCloseTo((5 / 9.0 + 6 / 8.0) / 2, EXACT);
        PairedOutcomes wrong = new PairedOutcomes(new double[2][2], new double[][] {{1, 1}, {1, 1}});
        assertThat(outcomes.score(wrong, new long[] {0b10})).isCloseTo((2 / 4.0 + 3 / 5.0) / 2, EXACT);
    }

    @Test
    void outcomes_have_a_seed_and_rows_of_one_length() {
        double[][] two = {{1, 1}, {1, 1}};
        assertThatThrownBy(() -> new PairedOutcomes(new double[0][], new double[0][]))
                .hasMessage("0 and 0 seeds");
        assertThatThrownBy(() -> new PairedOutcomes(two, new double[][] {{1, 1}}))
                .hasMessage("2 and 1 seeds");
        assertThatThrownBy(() -> new PairedOutcomes(new double[][] {{1, 1}, {1}}, two))
                .hasMessage("seeds differ in their number of examples");
        assertThatThrownBy(() -> new PairedOutcomes(two, new double[][] {{1, 1}, {1}}))
                .hasMessage("seeds differ in their number of examples");
    }

    /// Of p = (.04, .01, .03, .5): .01·4, then .03·3, then .04·2 which may not be less, then .5.
    @Test
    void holm_multiplies_by_the_number_of_tests_left_and_never_goes_down() {
        List<Double> adjusted = PairedComparison.holm(List.of(0.04, 0.01, 0.03, 0.5));

        assertThat(adjusted).hasSize(4);
        double[] expected = {0.09, 0.04, 0.09, 0.5};
        for (int i = 0; i < 4; i++) assertThat(adjusted.get(i)).isCloseTo(expected[i], EXACT);
        assertThat(PairedComparison.holm(List.of(0.7, 0.6))).containsExactly(1.0, 1.0);
    }
}
