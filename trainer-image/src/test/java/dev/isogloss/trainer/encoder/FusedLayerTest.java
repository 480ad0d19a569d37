package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is done for speed, against the layers written step by step.
class FusedLayerTest {
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

    @ParameterizedTest
    @EnumSource
    void a_fused_layer_computes_what_the_plain_one_spells_out(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            for (int[] lengths : new int[][] {Fixtures.LENGTHS, {5, 5}, {1}}) {
                TokenBatch batch = Fixtures.batch(encoder.config(), lengths);
                for (Dropout dropout : Fixtures.dropouts()) {
                    EncoderOutput fused =
                            encoder.encode(batch, OutputRequest.all().withHidden(), dropout.again(), Precision.Float32);
                    EncoderOutput plain = encoder.encode(
                            batch,
                            OutputRequest.all().withHidden().withAttentions(),
                            dropout.again(),
                            Precision.Float32);

                    for (int i = 0; i <= encoder.config().layers(); i++) {
                        assertThat(Fixtures.largestDifference(
                                        fused.hidden().get(i), plain.hidden().get(i)))
                                .isLessThan(1e-5);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fused_layer_has_the_plain_one_s_gradients(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), Fixtures.LENGTHS);
            for (Dropout dropout : Fixtures.dropouts()) {
                List<Tensor> fused = Fixtures.gradients(encoder, batch, OutputRequest.all(), dropout.again());
                List<Tensor> plain =
                        Fixtures.gradients(encoder, batch, OutputRequest.all().withAttentions(), dropout.again());

                Fixtures.assertSame(fused, plain, 1e-4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void reading_only_the_first_token_changes_neither_it_nor_any_gradient(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), Fixtures.LENGTHS);
            Tensor all = encoder.encode(batch, OutputRequest.all(), Dropout.none(), Precision.Float32)
                    .first();
            Tensor first = encoder.encode(batch, OutputRequest.first(), Dropout.none(), Precision.Float32)
                    .first();

            assertThat(Fixtures.largestDifference(all, first)).isLessThan(1e-5);
            Fixtures.assertSame(
                    Fixtures.gradients(encoder, batch, OutputRequest.first(), Dropout.none()),
                    Fixtures.gradients(encoder, batch, OutputRequest.all(), Dropout.none()),
                    1e-4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void recomputed_layers_give_the_same_bits(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), Fixtures.LENGTHS);
            Dropout dropout = Dropout.of(0.1, 0.2, 1, 1);
            List<Tensor> kept = Fixtures.gradients(encoder, batch, OutputRequest.first(), dropout.again());
            List<Tensor> keptHidden =
                    Fixtures.gradients(encoder, batch, OutputRequest.all().withHidden(), dropout.again());
            encoder.recompute(true);
            List<Tensor> again = Fixtures.gradients(encoder, batch, OutputRequest.first(), dropout.again());
            List<Tensor> againHidden =
                    Fixtures.gradients(encoder, batch, OutputRequest.all().withHidden(), dropout.again());

            for (int i = 0; i < kept.size(); i++) {
                assertThat(again.get(i).toFloats()).isEqualTo(kept.get(i).toFloats());
            }
            double near = Engine.device() == Device.GPU ? 1e-4 : 2e-5;
            Fixtures.assertSame(againHidden, keptHidden, near); // sums over several readers are added in another order
        }
    }

    @ParameterizedTest
    @EnumSource
    void sixteen_bits_come_close(EncoderFamily family) {
        try (Encoder encoder = Encoder.fresh(Fixtures.config(family), RandomStream.of(1, "sixteen"))) {
            TokenBatch batch = Fixtures.batch(encoder.config(), Fixtures.LENGTHS);
            for (Dropout dropout : Fixtures.dropouts()) {
                Tensor exact = encoder.encode(batch, OutputRequest.all(), dropout.again(), Precision.Float32)
                        .last();
                Tensor half = encoder.encode(batch, OutputRequest.all(), dropout.again(), Precision.BFloat16)
                        .last();

                assertThat(Fixtures.largestDifference(exact, half)).isBetween(1e-7, 0.05);
                assertThat(half.shape()).isEqualTo(exact.shape());
            }
            try (GradMode _ = GradMode.enabled()) {
                Tensor loss = encoder.encode(
                                batch,
                                OutputRequest.first(),
                                Fixtures.dropouts().get(1),
                                Precision.BFloat16)
                        .last()
                        .square()
                        .sum();
                assertThat(Gradients.of(loss, encoder.parameters().tensors(), false))
                        .allMatch(Tensor::allFinite);
            }
        }
    }
}
