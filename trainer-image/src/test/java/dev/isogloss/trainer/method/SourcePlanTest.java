package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.method.BatchOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePlanTest {
    private static final int[] SIZES = {400, 0, 100, 20};

    @Property(tries = 100)
    void an_epoch_without_exponent_reads_every_item_once(
            @ForAll @IntRange(min = 1, max = 200) int first,
            @ForAll @IntRange(min = 0, max = 200) int second,
            @ForAll @IntRange(min = 1, max = 9) int batchSize,
            @ForAll @IntRange(min = 1, max = 4) int accumulation,
            @ForAll long seed) {
        SourcePlan plan = plan(new int[] {first, second}, batchSize, accumulation, null, seed);

        for (long epoch = 0; epoch < 2; epoch++)
            assertThat(flat(plan, epoch * plan.updatesPerEpoch(), (epoch + 1) * plan.updatesPerEpoch())
                            .sorted())
                    .containsExactly(IntStream.range(0, first + second).boxed().toArray(Integer[]::new));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 0.7, 1})
    void no_batch_mixes_sources(double exponent) {
        SourcePlan plan = plan(SIZES, 8, 3, exponent < 0 ? null : exponent, 1);

        for (long update = 0; update < 3 * plan.updatesPerEpoch(); update++)
            assertThat(plan.microBatches(update)).allSatisfy(batch -> assertThat(
                            Arrays.stream(batch).map(SourcePlanTest::sourceOf).distinct())
                    .hasSize(1));
    }

    @Test
    void an_epoch_has_as_many_updates_as_its_batches_need() {
        // 50 + 0 + 13 + 3 batches of at most 8, in fours
        assertThat(plan(SIZES, 8, 4, null, 1).updatesPerEpoch()).isEqualTo(17);
        assertThat(plan(SIZES, 8, 4, 0.7, 1).updatesPerEpoch()).isEqualTo(17);
        assertThat(new Epochs(2.5, null).updates(plan(SIZES, 8, 4, null, 1).updatesPerEpoch()))
                .isEqualTo(43);
        assertThat(new Epochs(2.5, 10).updates(plan(SIZES, 8, 4, null, 1).updatesPerEpoch()))
                .isEqualTo(10);
    }

    /// p(s) = n^α / Σ n^α, computed here by hand for 400, 100 and 20 items; three standard deviations of 12,000 draws
    /// are 0.014 at most.
    @Test
    void sources_are_drawn_by_their_sizes_to_the_power_of_the_exponent() {
        assertShares(1, 0.76923, 0, 0.19231, 0.03846);
        assertShares(0.5, 0.58017, 0, 0.29009, 0.12973);
        assertShares(0, 0.33333, 0, 0.33333, 0.33333);
    }

    private static void assertShares(double exponent, double... expected) {
        SourcePlan plan = plan(SIZES, 8, 1, exponent, 7);
        double[] shares = new double[SIZES.length];
        for (long update = 0; update < 12_000; update++)
            shares[sourceOf(plan.microBatches(update).getFirst()[0])] += 1 / 12_000.0;
        for (int s = 0; s < shares.length; s++) assertThat(shares[s]).isCloseTo(expected[s], within(0.014));
    }

    @Test
    void a_drawn_source_is_read_to_its_end_before_any_item_comes_again() {
        SourcePlan plan = plan(SIZES, 8, 2, 0.5, 3);
        List<Integer> smallest = flat(plan, 0, 200).filter(item -> item >= 500).toList();

        for (int from = 0; from + 20 <= smallest.size(); from += 20)
            assertThat(smallest.subList(from, from + 20)).doesNotHaveDuplicates();
        assertThat(smallest).hasSizeGreaterThan(100);
        assertThat(smallest.subList(0, 20)).isNotEqualTo(smallest.subList(20, 40));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.7})
    void a_resumed_training_reads_on_where_it_stopped(double exponent) {
        Double alpha = exponent < 0 ? null : exponent;
        SourcePlan whole = plan(SIZES, 8, 3, alpha, 5);
        List<Integer> all = flat(whole, 0, 60).toList();
        SourcePlan resumed = plan(SIZES, 8, 3, alpha, 5);

        List<Integer> parts = new ArrayList<>(flat(whole, 0, 37).toList()); // back to the beginning
        parts.addAll(flat(resumed, 37, 60).toList());

        assertThat(parts).isEqualTo(all);
        assertThat(flat(plan(SIZES, 8, 3, alpha, 6), 0, 60).toList()).isNotEqualTo(all);
    }

    private static SourcePlan plan(int[] sizes, int batchSize, int accumulation, @Nullable Double exponent, long seed) {
        int[] lengths = IntStream.range(0, Arrays.stream(sizes).sum())
                .map(i -> 1 + (i * 37) % 101)
                .toArray();
        return new SourcePlan(sizes, lengths, batchSize, accumulation, BatchOrder.LengthBuckets, exponent, seed);
    }

    private static Stream<Integer> flat(SourcePlan plan, long from, long to) {
        return LongStream.range(from, to)
                .boxed()
                .flatMap(update -> plan.microBatches(update).stream())
                .flatMap(batch -> Arrays.stream(batch).boxed());
    }

    /// By the items' numbers: 400 of the first, none of the second, 100 of the third.
    private static int sourceOf(int item) {
        return item < 400 ? 0 : item < 500 ? 2 : 3;
    }
}
