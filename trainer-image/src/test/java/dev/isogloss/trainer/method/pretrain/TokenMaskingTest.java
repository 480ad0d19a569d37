package dev.isogloss.trainer.method.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.method.Masking;
import dev.isogloss.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenMaskingTest {
    private static final int MASK = 4;
    private static final int VOCABULARY = 1000;
    /// [CLS] 2, then words of two pieces each (odd ids continue), [SEP] 3.
    private static final int[] IDS = IntStream.concat(
                    IntStream.of(2), IntStream.concat(IntStream.range(100, 900), IntStream.of(3)))
            .toArray();

    @Test
    void the_asked_fractions_are_hidden_replaced_and_kept() {
        var masking = masking(new Masking(0.15, 0.8, 0.1, false));
        int hidden = 0, masks = 0, kept = 0, trials = 200;
        for (int trial = 0; trial < trials; trial++) {
            var masked = masking.apply(IDS, RandomStream.of(1, "test", trial));
            hidden += masked.positions().length;
            for (int i = 0; i < masked.positions().length; i++) {
                int seen = masked.ids()[masked.positions()[i]];
                if (seen == MASK) masks++;
                if (seen == masked.targets()[i]) kept++;
            }
        }
        assertThat((double) hidden / trials / 800).isCloseTo(0.15, within(0.005));
        assertThat((double) masks / hidden).isCloseTo(0.8, within(0.01));
        assertThat((double) kept / hidden).isCloseTo(0.1, within(0.01));
    }

    @Test
    void special_tokens_are_never_hidden_and_targets_are_what_stood_there() {
        var masked = masking(new Masking(0.9, 1, 0, false)).apply(IDS, RandomStream.of(1, "test"));

        assertThat(masked.positions()).hasSizeBetween(640, 790).doesNotContain(0, 801);
        assertThat(masked.targets())
                .containsExactly(Arrays.stream(masked.positions())
                        .map(position -> IDS[position])
                        .toArray());
        assertThat(masked.ids()[0]).isEqualTo(2);
        assertThat(masked.ids()[801]).isEqualTo(3);
    }

    @Test
    void whole_words_are_hidden_with_all_their_pieces() {
        var masked = masking(new Masking(0.3, 1, 0, true)).apply(IDS, RandomStream.of(1, "test"));

        // Words are the id pairs (100, 101), (102, 103), ... at positions (1, 2), (3, 4), ...
        assertThat(masked.positions()).isNotEmpty();
        for (int i = 0; i < masked.positions().length; i += 2) {
            assertThat(masked.positions()[i]).isOdd();
            assertThat(masked.positions()[i + 1]).isEqualTo(masked.positions()[i] + 1);
        }
    }

    @Test
    void a_short_text_always_hides_one_token() {
        var masking = masking(new Masking(0.01, 1, 0, false));
        for (int trial = 0; trial < 50; trial++)
            assertThat(masking.apply(new int[] {2, 100, 102, 3}, RandomStream.of(trial, "test"))
                            .positions())
                    .hasSizeGreaterThan(0);
    }

    @Test
    void random_pieces_are_ordinary_ones() {
        var masked = masking(new Masking(0.9, 0, 1, false)).apply(IDS, RandomStream.of(1, "test"));

        int[] seen =
                Arrays.stream(masked.positions()).map(at -> masked.ids()[at]).toArray();
        assertThat(Arrays.stream(seen).min().orElseThrow()).isGreaterThanOrEqualTo(5);
        assertThat(Arrays.stream(seen).distinct().count()).isGreaterThan(300);
    }

    @Test
    void each_piece_of_a_short_text_is_hidden_now_and_then() {
        var masking = masking(new Masking(0.01, 1, 0, false));
        Set<Integer> hidden = new TreeSet<>();
        for (int trial = 0; trial < 50; trial++)
            for (int at : masking.apply(new int[] {2, 100, 102, 3}, RandomStream.of(trial, "test"))
                    .positions()) hidden.add(at);

        assertThat(hidden).containsExactly(1, 2);
    }

    @Test
    void where_all_is_special_nothing_is_hidden() {
        var masked = masking(new Masking(0.9, 1, 0, false)).apply(new int[] {2, 1, 3}, RandomStream.of(1, "test"));

        assertThat(masked.positions()).isEmpty();
        assertThat(masked.ids()).containsExactly(2, 1, 3);
    }

    /// As in a long text that was cut amid a word.
    @Test
    void a_piece_that_continues_nothing_is_a_word_of_its_own() {
        var masking = masking(new Masking(0.5, 1, 0, true));
        for (int trial = 0; trial < 20; trial++) {
            var masked = masking.apply(new int[] {101, 3, 103}, RandomStream.of(trial, "test"));
            assertThat(masked.positions()).isNotEmpty().doesNotContain(1);
        }
    }

    private static TokenMasking masking(Masking settings) {
        BitSet special = new BitSet();
        special.set(0, 5);
        BitSet continuation = new BitSet();
        for (int id = 101; id < VOCABULARY; id += 2) continuation.set(id);
        return new TokenMasking(settings, MASK, VOCABULARY, special, continuation);
    }
}
