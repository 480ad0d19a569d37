package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Training with a word table of only the words that occur.
class VocabularyReductionTest {
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
    void training_the_words_that_occur_is_training_them_all(EncoderFamily family) {
        try (Encoder whole = Fixtures.encoder(family);
                Encoder reduced = Fixtures.encoder(family)) {
            TokenBatch batch = Fixtures.batch(whole.config(), Fixtures.LENGTHS);
            BitSet used = new BitSet();
            Arrays.stream(batch.ids()).forEach(id -> used.set(Math.toIntExact(id)));
            used.set(90); // may occur, but does not in these updates

            train(whole, batch);
            VocabularyReduction compaction = reduced.compact(used);
            assertThat(compaction.rows()).isLessThan(Fixtures.WORDS);
            train(reduced, batch);
            for (int update = 1; update <= UPDATES; update++) {
                compaction.applyDecay(1 - rate(update) * DECAY);
            }
            reduced.expand();

            for (String name : whole.parameters().names()) {
                assertThat(Fixtures.largestDifference(
                                whole.parameters().get(name),
                                reduced.parameters().get(name)))
                        .as(name)
                        .isLessThan(2e-6);
            }
        }
    }

    private static final int UPDATES = 4;
    private static final double DECAY = 0.1;

    private static double rate(int update) {
        return 0.01 / update;
    }

    private static void train(Encoder encoder, TokenBatch batch) {
        List<Tensor> weights = encoder.parameters().tensors();
        List<Tensor> m = weights.stream().map(w -> Tensor.zeros(w.shape())).toList();
        List<Tensor> v = weights.stream().map(w -> Tensor.zeros(w.shape())).toList();
        List<Tensor> step = weights.stream().map(_ -> Tensor.zeros()).toList();
        for (int update = 1; update <= UPDATES; update++) {
            List<Tensor> gradients =
                    Fixtures.gradients(encoder, batch, OutputRequest.first(), Dropout.of(0.1, 1, update));
            Kernels.clipNorm(gradients, 1);
            Kernels.adamw(weights, gradients, m, v, step, rate(update), 0.9, 0.99, DECAY, 1e-4, Tensor.zeros());
        }
    }

    @Test
    void a_word_outside_the_reduced_table_is_an_error() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            encoder.compact(new BitSet());
            TokenBatch batch = Fixtures.batch(encoder.config(), 4);

            assertThatThrownBy(() -> encoder.encode(batch, OutputRequest.all(), Dropout.none(), Precision.Float32))
                    .hasMessageContaining("was not among the ids");
        }
    }
}
