package dev.isogloss.trainer.method.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.Fixtures;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.HostReads;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordLossTest {
    private static final long[] TARGETS = {3, 17, 5, 3, 29, 11, 8};

    @ParameterizedTest
    @EnumSource
    void losses_added_up_in_parts_teach_the_head_and_the_word_table_the_same(EncoderFamily family) {
        try (Scope _ = Scope.open();
                Encoder encoder = Fixtures.encoder(family)) {
            List<Float> atOnce = lossAndGradients(encoder, Integer.MAX_VALUE);
            List<Float> inParts = lossAndGradients(encoder, 3);

            assertThat(atOnce).hasSizeGreaterThan(1000).anyMatch(value -> Math.abs(value) > 0.01);
            assertThat(inParts).hasSameSizeAs(atOnce);
            for (int i = 0; i < atOnce.size(); i++) {
                float rounding = 1e-6f * Math.max(1, Math.abs(atOnce.get(i)));
                assertThat(inParts.get(i)).isCloseTo(atOnce.get(i), within(rounding));
            }
        }
    }

    @Test
    void no_number_is_read_for_the_gradients_of_a_loss_in_parts() {
        try (Scope _ = Scope.open();
                Encoder encoder = Fixtures.encoder(EncoderFamily.BERT);
                GradMode _ = GradMode.enabled()) {
            int hidden = encoder.config().hidden();
            Tensor rows = Tensor.ones(TARGETS.length, hidden).asInput();
            long reads = HostReads.ofThisThread();

            Tensor loss = new WordLoss(encoder, Precision.Float32, 3).mean(rows, TARGETS);
            Gradients.of(loss, List.of(rows), false);

            assertThat(HostReads.ofThisThread()).isEqualTo(reads);
        }
    }

    private static List<Float> lossAndGradients(Encoder encoder, int rowsAtOnce) {
        try (GradMode _ = GradMode.enabled()) {
            int hidden = encoder.config().hidden();
            float[] values = RandomStream.of(1, "rows").gaussians(TARGETS.length * hidden, 1);
            Tensor rows = Tensor.of(values, TARGETS.length, hidden).asInput();
            Tensor loss = new WordLoss(encoder, Precision.Float32, rowsAtOnce).mean(rows, TARGETS);
            List<Tensor> inputs = new ArrayList<>(encoder.mlmHead().tensors());
            inputs.add(encoder.parameters().get("embeddings.word_embeddings.weight"));
            inputs.add(rows);
            List<Float> all = new ArrayList<>(List.of((float) loss.toDouble()));
            for (Tensor gradient : Gradients.of(loss, inputs, false))
                for (float value : gradient.toFloats()) all.add(value);
            return all;
        }
    }
}
