package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.method.BatchOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchesTest {

    @Property(tries = 100)
    void every_item_stands_exactly_once_in_an_epoch_whatever_the_order(
            @ForAll @IntRange(min = 1, max = 700) int items,
            @ForAll @IntRange(min = 1, max = 9) int batchSize,
            @ForAll BatchOrder order,
            @ForAll long seed) {
        int[] lengths = IntStream.range(0, items).map(i -> 1 + (i * 37) % 101).toArray();

        List<int[]> batches = Batches.ofEpoch(lengths, batchSize, order, seed, 0);

        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted())
                .containsExactly(IntStream.range(0, items).boxed().toArray(Integer[]::new));
        assertThat(batches).allMatch(batch -> batch.length <= batchSize && batch.length > 0);
    }

    @Test
    void an_epoch_is_a_function_of_seed_and_number() {
        assertThat(flat(3, 5)).isEqualTo(flat(3, 5)).isNotEqualTo(flat(3, 6)).isNotEqualTo(flat(4, 5));
    }

    @Test
    void length_buckets_hold_less_padding_than_random_batches() {
        int[] lengths = IntStream.range(0, 4000).map(i -> 5 + (i * 7919) % 120).toArray();

        assertThat(padded(lengths, BatchOrder.LengthBuckets)).isLessThan(padded(lengths, BatchOrder.Random) * 7 / 10);
    }

    private static List<Integer> flat(long seed, long epoch) {
        return Batches.ofEpoch(new int[50], 4, BatchOrder.Random, seed, epoch).stream()
                .flatMap(batch -> Arrays.stream(batch).boxed())
                .toList();
    }

    private static long padded(int[] lengths, BatchOrder order) {
        return Batches.ofEpoch(lengths, 16, order, 1, 0).stream()
                .mapToLong(batch -> (long) batch.length
                        * Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow())
                .sum();
    }
}
