package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attention that is read from layers, whole or one by one.
class AttentionTest {
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
    void attention_probabilities_add_up_to_one_and_skip_padding() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            EncoderOutput encoded = encoder.encode(
                    Fixtures.batch(encoder.config(), Fixtures.LENGTHS),
                    OutputRequest.all().withAttentions(),
                    Dropout.none(),
                    Precision.Float32);

            assertThat(encoded.attentions()).hasSize(3);
            Tensor last = encoded.attentions().getLast().probabilities();
            assertThat(last.shape()).containsExactly(4, 4, 16, 16);
            assertThat(last.sum(-1, false).minus(1).abs().reshape(-1).max(0).toDouble())
                    .isLessThan(1e-5);
            assertThat(last.select(0, 3).slice(2, 3, 16).sum().toDouble()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void one_layer_s_attention_is_that_of_reading_all_of_them(int layer) {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), Fixtures.LENGTHS);
            for (Dropout dropout : Fixtures.dropouts()) {
                OutputRequest hidden = OutputRequest.all().withHidden();
                EncoderOutput all = encoder.encode(batch, hidden.withAttentions(), dropout.again(), Precision.Float32);
                EncoderOutput one =
                        encoder.encode(batch, hidden.withAttention(layer), dropout.again(), Precision.Float32);

                EncoderOutput.Attention expected = all.attentions().get(layer - 1);
                EncoderOutput.Attention read = one.attentions().getFirst();
                assertThat(one.attentions()).hasSize(1);
                assertThat(Fixtures.largestDifference(read.probabilities(), expected.probabilities()))
                        .isLessThan(1e-6);
                assertThat(Fixtures.largestDifference(read.dropped(), expected.dropped()))
                        .isLessThan(1e-6);
                for (int i = 0; i < all.hidden().size(); i++) {
                    Tensor state = all.hidden().get(i);
                    double largest = state.abs().reshape(-1).max(0).toDouble();
                    assertThat(Fixtures.largestDifference(one.hidden().get(i), state) / largest)
                            .isLessThan(1e-6);
                }
            }
        }
    }

    @Test
    void the_layers_whose_attention_is_not_read_stay_fused() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), Fixtures.LENGTHS);
            OutputRequest hidden = OutputRequest.all().withHidden();
            EncoderOutput fused = encoder.encode(batch, hidden, Dropout.none(), Precision.Float32);
            EncoderOutput one = encoder.encode(batch, hidden.withAttention(2), Dropout.none(), Precision.Float32);
            EncoderOutput last =
                    encoder.encode(batch, OutputRequest.first().withAttention(3), Dropout.none(), Precision.Float32);

            assertThat(one.hidden().get(1).toFloats())
                    .containsExactly(fused.hidden().get(1).toFloats());
            assertThat(last.last().shape())
                    .containsExactly(batch.ids().length, encoder.config().hidden());
        }
    }

    @Test
    void dropped_probabilities_are_zero_or_grown() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), new int[] {5, 5});
            EncoderOutput.Attention attention = encoder.encode(
                            batch, OutputRequest.all().withAttention(1), Dropout.of(0, 0.5, 1, 1), Precision.Float32)
                    .attentions()
                    .getFirst();
            float[] before = attention.probabilities().toFloats();
            float[] after = attention.dropped().toFloats();

            int dropped = 0;
            for (int i = 0; i < before.length; i++) {
                if (after[i] == 0) dropped++;
                else assertThat(after[i]).isEqualTo(2 * before[i]);
            }
            assertThat(dropped).isBetween(before.length / 4, 3 * before.length / 4);
        }
    }
}
