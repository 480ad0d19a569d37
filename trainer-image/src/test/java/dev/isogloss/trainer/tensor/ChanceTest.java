package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChanceTest {

    @Test
    void a_stream_is_a_function_of_its_arguments_and_never_changes() {
        assertThat(RandomStream.of(7, "order", 3).nextLong())
                .isEqualTo(RandomStream.of(7, "order", 3).nextLong());
        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> RandomStream.of(42, "golden", 1, 2))
                        .map(RandomStream::nextLong))
                .containsOnly(GOLDEN);
        assertThat(java.util.stream.Stream.of(
                                RandomStream.of(7, "order", 3),
                                RandomStream.of(8, "order", 3),
                                RandomStream.of(7, "order", 4),
                                RandomStream.of(7, "order"),
                                RandomStream.of(7, "order3"),
                                RandomStream.of(7, "order", 3, 0))
                        .map(RandomStream::nextLong))
                .doesNotHaveDuplicates();
    }

    private static final long GOLDEN = -6443885062677926070L; // a changed number changes every run

    @Property
    void distinct_numbers_are_the_beginning_of_some_permutation(
            @ForAll @IntRange(min = 0, max = 300) int n,
            @ForAll @IntRange(min = 0, max = 300) int most,
            @ForAll long seed) {
        int count = Math.min(n, most);
        int[] drawn = RandomStream.of(seed, "negatives").distinct(n, count);
        assertThat(drawn).hasSize(count).doesNotHaveDuplicates();
        assertThat(Arrays.stream(drawn)).allMatch(i -> i >= 0 && i < n);
    }

    @Test
    void every_number_is_drawn_as_often_as_any_other() {
        int[] counts = new int[6];
        for (int i = 0; i < 6000; i++)
            for (int drawn : RandomStream.of(3, "negatives", i).distinct(6, 2)) counts[drawn]++;
        // 2,000 each, of which five standard deviations are 183
        assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 2000) < 183);
    }

    @Property(tries = 200)
    void a_permutation_has_every_number_once(@ForAll @IntRange(min = 0, max = 300) int n, @ForAll long seed) {
        int[] order = RandomStream.of(seed, "permutation").permutation(n);

        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, n).toArray());
    }

    @Test
    void numbers_have_the_distribution_they_claim() {
        RandomStream stream = RandomStream.of(1, "distribution");
        float[] gaussians = stream.gaussians(200_000, 0.02);
        double mean = IntStream.range(0, gaussians.length)
                .mapToDouble(i -> gaussians[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, gaussians.length)
                .mapToDouble(i -> (gaussians[i] - mean) * (gaussians[i] - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0, within(2e-4));
        assertThat(Math.sqrt(variance)).isCloseTo(0.02, within(2e-4));
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[stream.nextInt(7)]++;
        }
        assertThat(Arrays.stream(counts).boxed()).allSatisfy(c -> assertThat(c).isBetween(9_600, 10_400));
        assertThat(IntStream.range(0, 10_000).mapToObj(_ -> stream.nextDouble()))
                .allSatisfy(x -> assertThat(x).isBetween(0.0, 1.0));
    }

    /// Over more counters than are hashed at a time, and no multiple of what a GPU starts at a time.
    @Test
    void masks_are_the_same_on_every_device() {
        int[] counts = {3 * 8192 + 5, 3 * 8192 + 5};
        long key = RandomStream.key(7, "device");
        float[] factors = new float[counts[0] + counts[1]];
        for (int i = 0; i < factors.length; i++)
            factors[i] = factor(RandomStream.folded(key, i / counts[0]), i % counts[0]);

        try (Scope _ = Scope.open()) {
            assertThat(Masks.floats(key, 0.25, 2, counts, factors.length).toFloats())
                    .isEqualTo(factors);
            assertThat(Masks.floats(key, 0.25, 2, new int[0], 0, 3).shape()).containsExactly(0, 3);
        }
    }

    /// One counter by itself: nothing that stands beside it can matter.
    private static float factor(long key, int counter) {
        int[] one = new int[1];
        Masks.choose(one, new int[] {counter}, 1, 0, key, 0x2000_0000, Float.floatToRawIntBits(2));
        return Float.intBitsToFloat(one[0]);
    }

    @Test
    void a_text_s_masks_depend_on_its_number_its_tokens_and_nothing_else() {
        try (Scope _ = Scope.open()) {
            Dropout dropout = Dropout.of(0.3, 5, 1);
            float[] two = dropout.again().tokenMask(new int[] {2, 5}, 4).toFloats();
            float[] three = dropout.again().tokenMask(new int[] {2, 5, 9}, 4).toFloats();
            float[] longer = dropout.again().tokenMask(new int[] {3, 5}, 4).toFloats();
            float[] first = dropout.again().mask(2, 4).toFloats();

            assertThat(Arrays.copyOf(three, two.length)).isEqualTo(two);
            assertThat(Arrays.copyOf(longer, 8)).isEqualTo(Arrays.copyOf(two, 8));
            assertThat(Arrays.copyOfRange(longer, 12, 32)).isEqualTo(Arrays.copyOfRange(two, 8, 28));
            assertThat(first).containsExactly(two[0], two[1], two[2], two[3], two[8], two[9], two[10], two[11]);
        }
    }

    @Test
    void masks_of_attention_depend_on_text_head_query_and_key_and_not_on_the_width() {
        try (Scope _ = Scope.open()) {
            long key = RandomStream.key(7, "attention");
            float[] wide =
                    Masks.attention(key, 0.25, 2, new int[] {4, 1}, 3, 6, 6).toFloats();
            float[] narrow =
                    Masks.attention(key, 0.25, 2, new int[] {1}, 3, 2, 5).toFloats();

            for (int head = 0; head < 3; head++)
                for (int query = 0; query < 2; query++)
                    for (int other = 0; other < 5; other++) {
                        float factor = narrow[(head * 2 + query) * 5 + other];
                        assertThat(factor).isEqualTo(wide[((3 + head) * 6 + query) * 6 + other]);
                        assertThat(factor)
                                .isEqualTo(factor(RandomStream.folded(key, 3 + head), query * Masks.QUERY + other));
                    }
        }
    }

    @Test
    void masks_drop_their_share_and_keep_the_mean() {
        try (Scope _ = Scope.open()) {
            Tensor mask = Dropout.of(0.1, 5, 0).mask(1000, 1000);

            assertThat(mask.mean().toDouble()).isCloseTo(1, within(2e-3));
            assertThat(mask.equalTo(0).asFloat().mean().toDouble()).isCloseTo(0.1, within(2e-3));
            assertThat(mask.max(0).toFloats()).containsOnly((float) (1 / 0.9));
        }
    }

    @Test
    void neighbours_sites_and_updates_are_independent() {
        try (Scope _ = Scope.open()) {
            Dropout dropout = Dropout.of(0.5, 5, 0);
            Tensor a = dropout.mask(1, 1 << 18).select(0, 0).minus(1);
            Tensor b = dropout.mask(1, 1 << 18).select(0, 0).minus(1);
            Tensor nextUpdate =
                    Dropout.of(0.5, 5, 1).mask(1, 1 << 18).select(0, 0).minus(1);
            Tensor texts = dropout.mask(1 << 18, 1).select(1, 0).minus(1);

            assertThat(a.times(b).mean().toDouble()).isCloseTo(0, within(0.01));
            assertThat(a.times(nextUpdate).mean().toDouble()).isCloseTo(0, within(0.01));
            assertThat(a.times(texts).mean().toDouble()).isCloseTo(0, within(0.01));
            for (int lag = 1; lag < 70; lag++) {
                Tensor shifted = a.slice(0, lag, 1 << 18);
                assertThat(a.slice(0, 0, (1 << 18) - lag).times(shifted).mean().toDouble())
                        .isCloseTo(0, within(0.012));
                Tensor nextText = texts.slice(0, lag, 1 << 18);
                assertThat(texts.slice(0, 0, (1 << 18) - lag)
                                .times(nextText)
                                .mean()
                                .toDouble())
                        .isCloseTo(0, within(0.012));
            }
        }
    }

    @Test
    void the_same_masks_can_be_drawn_again() {
        try (Scope _ = Scope.open()) {
            Dropout dropout = Dropout.of(0.3, 5, 9);
            dropout.mask(3);
            Dropout part = dropout.fork();
            float[] first = part.mask(100).toFloats();
            float[] second = part.mask(100).toFloats();

            assertThat(part.again().mask(100).toFloats()).containsExactly(first);
            assertThat(second).isNotEqualTo(first);
            assertThat(dropout.fork().mask(100).toFloats()).isNotEqualTo(first);
        }
    }

    @Test
    void no_dropout_is_the_identity() {
        try (Scope _ = Scope.open()) {
            Tensor x = Tensor.ones(3);

            assertThat(Dropout.none().apply(x)).isSameAs(x);
            assertThatThrownBy(() -> Dropout.of(1, 0, 0)).hasMessageContaining("not in [0, 1)");
        }
    }
}
