package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an encoder reads and gives: words, padding, sizes, mistakes.
class EncoderTest {
    private Scope scope = Scope.open();

    @BeforeEach
    void open() {
        scope.close();
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void embeddings_can_be_read_from_another_word_table() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), Fixtures.LENGTHS);
            Tensor words = encoder.parameters().get(Weights.WORDS);
            float[] own = encoder.embed(batch, Dropout.none()).toFloats();
            float[] same = encoder.embed(batch, words.copy(), Dropout.none()).toFloats();
            Tensor moved = words.plus(
                    Tensor.of(RandomStream.of(1, "step").gaussians((int) words.count(), 0.1), words.shape()));
            float[] other = encoder.embed(batch, moved, Dropout.none()).toFloats();
            Kernels.add(List.of(words), List.of(moved.minus(words)), 1);

            assertThat(same).containsExactly(own);
            assertThat(Arrays.equals(other, own)).isFalse();
            float[] trained = encoder.embed(batch, Dropout.none()).toFloats();
            for (int i = 0; i < other.length; i++) assertThat(other[i]).isCloseTo(trained[i], within(1e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_text_is_read_among_others_as_it_is_alone(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            TokenBatch together = Fixtures.batch(encoder.config(), Fixtures.LENGTHS);
            TokenBatch alone = Fixtures.batch(encoder.config(), Fixtures.LENGTHS[0]);
            Tensor in = encoder.encode(together, OutputRequest.all(), Dropout.none(), Precision.Float32)
                    .last()
                    .slice(0, 0, Fixtures.LENGTHS[0]);
            Tensor out = encoder.encode(alone, OutputRequest.all(), Dropout.none(), Precision.Float32)
                    .last();

            assertThat(Fixtures.largestDifference(in, out)).isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void words_are_scored_row_by_row(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            Tensor rows = encoder.encode(
                            Fixtures.batch(encoder.config(), Fixtures.LENGTHS),
                            OutputRequest.all(),
                            Dropout.none(),
                            Precision.Float32)
                    .last();
            Tensor index = Tensor.of(new long[] {3, 17, 36}, 3);

            assertThat(Fixtures.largestDifference(
                            encoder.maskedLogits(rows).rows(index), encoder.maskedLogits(rows.rows(index))))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void a_text_that_is_too_long_is_an_error() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.XLM_ROBERTA)) {
            assertThat(encoder.config().longestInput()).isEqualTo(24);
            assertThatThrownBy(() -> encoder.embed(Fixtures.batch(encoder.config(), 25), Dropout.none()))
                    .hasMessageContaining("longer than the 24");
        }
    }

    @Test
    void presets_have_their_published_sizes() {
        try (Encoder tiny =
                Encoder.fresh(EncoderConfig.tiny(EncoderFamily.BERT, 30522, 0), RandomStream.of(1, "tiny"))) {
            assertThat(tiny.parameters().count()).isEqualTo(4_385_920); // google/bert_uncased_L-2_H-128_A-2
        }
        assertThat(EncoderConfig.base(EncoderFamily.XLM_ROBERTA, 250002, 1).maxPositions())
                .isEqualTo(514);
        assertThat(EncoderConfig.mini(EncoderFamily.BERT, 100, 0).heads()).isEqualTo(4);
        assertThat(EncoderConfig.small(EncoderFamily.BERT, 100, 0).feedForward())
                .isEqualTo(2048);
    }
}
