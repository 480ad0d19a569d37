package dev.isogloss.trainer.method.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SmoothedSamplingTest {

    @Test
    void an_exponent_of_one_reads_every_text_once_an_epoch() {
        assertThat(new SmoothedSampling(new int[] {900, 100}, 1, 0, 0.3, 1).quotas())
                .containsExactly(900, 100, 0);
    }

    @Test
    void an_exponent_of_a_half_lifts_the_small_language() {
        // 30 : 10 = √900 : √100
        assertThat(new SmoothedSampling(new int[] {900, 100}, 0.5, 0, 0, 1).quotas())
                .containsExactly(750, 250, 0);
    }

    @Test
    void pairs_take_their_share_of_an_epoch() {
        assertThat(new SmoothedSampling(new int[] {60, 20}, 0, 20, 0.3, 1).quotas())
                .containsExactly(35, 35, 30);
    }

    @Test
    void a_language_without_texts_has_no_share() {
        assertThat(new SmoothedSampling(new int[] {60, 0, 20}, 0, 0, 0, 1).quotas())
                .containsExactly(40, 0, 40, 0);
    }

    @Test
    void a_large_language_is_read_whole_over_the_epochs_before_anything_is_read_again() {
        var sampling = new SmoothedSampling(new int[] {900, 100}, 0.5, 0, 0, 1); // 750 of 900 an epoch

        List<Integer> large = new ArrayList<>();
        for (int epoch = 0; epoch < 6; epoch++)
            sampling.epoch(epoch).stream().filter(draw -> draw.source() == 0).forEach(draw -> large.add(draw.index()));

        assertThat(large.subList(0, 900)).doesNotHaveDuplicates();
        assertThat(large.subList(900, 1800)).doesNotHaveDuplicates().isNotEqualTo(large.subList(0, 900));
    }

    @Property(tries = 200)
    void quotas_fill_an_epoch_and_keep_the_order_of_sizes(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 100_000) Integer> sizes,
            @ForAll @DoubleRange(min = 0, max = 1) double exponent) {
        int[] counts = sizes.stream().mapToInt(Integer::intValue).toArray();

        int[] quotas = new SmoothedSampling(counts, exponent, 0, 0, 1).quotas();

        // Every quota is rounded for itself, and none is less than one.
        assertThat(IntStream.of(quotas).sum()).isCloseTo(IntStream.of(counts).sum(), within(counts.length));
        for (int a = 0; a < counts.length; a++)
            for (int b = 0; b < counts.length; b++)
                if (counts[a] <= counts[b]) assertThat(quotas[a]).isLessThanOrEqualTo(quotas[b]);
    }
}
