package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is done for speed, against the layers written step by step.
class EncoderTest {

    private static final int[] LENGTHS = {11, 7, 16, 3};

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
            for (int[] lengths : new int[][] {LENGTHS, {5, 5}, {1}}) {
                TokenBatch batch = Fixtures.batch(encoder.config(), lengths);
                for (Dropout dropout : dropouts()) {
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

    /// On a GPU the fused layer has attention drop by a generator of libtorch's.
    private static List<Dropout> dropouts() {
        List<Dropout> hidden = List.of(Dropout.none(), Dropout.of(0.1, 0, 1, 1));
        List<Dropout> attention = List.of(Dropout.of(0.1, 0.2, 1, 1), Dropout.of(0, 0.1, 1, 1));
        return Engine.device() == Device.GPU
                ? hidden
                : Stream.concat(hidden.stream(), attention.stream()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_fused_layer_has_the_plain_one_s_gradients(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), LENGTHS);
            for (Dropout dropout : dropouts()) {
                List<Tensor> fused = gradients(encoder, batch, OutputRequest.all(), dropout.again());
                List<Tensor> plain =
                        gradients(encoder, batch, OutputRequest.all().withAttentions(), dropout.again());

                assertSame(fused, plain, 1e-4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void reading_only_the_first_token_changes_neither_it_nor_any_gradient(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), LENGTHS);
            Tensor all = encoder.encode(batch, OutputRequest.all(), Dropout.none(), Precision.Float32)
                    .first();
            Tensor first = encoder.encode(batch, OutputRequest.first(), Dropout.none(), Precision.Float32)
                    .first();

            assertThat(Fixtures.largestDifference(all, first)).isLessThan(1e-5);
            assertSame(
                    gradients(encoder, batch, OutputRequest.first(), Dropout.none()),
                    gradients(encoder, batch, OutputRequest.all(), Dropout.none()),
                    1e-4);
        }
    }

    @Test
    void attention_probabilities_add_up_to_one_and_skip_padding() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            EncoderOutput encoded = encoder.encode(
                    Fixtures.batch(encoder.config(), LENGTHS),
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
            TokenBatch batch = Fixtures.batch(encoder.config(), LENGTHS);
            for (Dropout dropout : dropouts()) {
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
            TokenBatch batch = Fixtures.batch(encoder.config(), LENGTHS);
            OutputRequest hidden = OutputRequest.all().withHidden();
            EncoderOutput fused = encoder.encode(batch, hidden, Dropout.none(), Precision.Float32);
            EncoderOutput one = encoder.encode(batch, hidden.withAttention(2), Dropout.none(), Precision.Float32);
            EncoderOutput last =
                    encoder.encode(batch, OutputRequest.first().withAttention(3), Dropout.none(), Precision.Float32);

            assertThat(one.hidden().get(1).toFloats())
                    .containsExactly(fused.hidden().get(1).toFloats());
            assertThat(last.last().shape())
                    .containsExactly(4, 16, encoder.config().hidden());
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

    @Test
    void embeddings_can_be_read_from_another_word_table() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), LENGTHS);
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
    void what_is_padded_makes_no_difference_to_the_rest(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            TokenBatch together = Fixtures.batch(encoder.config(), LENGTHS);
            TokenBatch alone = Fixtures.batch(encoder.config(), LENGTHS[0]);
            Tensor in = encoder.encode(together, OutputRequest.all(), Dropout.none(), Precision.Float32)
                    .last()
                    .select(0, 0)
                    .slice(0, 0, LENGTHS[0]);
            Tensor out = encoder.encode(alone, OutputRequest.all(), Dropout.none(), Precision.Float32)
                    .last()
                    .select(0, 0);

            assertThat(Fixtures.largestDifference(in, out)).isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sixteen_bits_come_close(EncoderFamily family) {
        try (Encoder encoder = Encoder.fresh(Fixtures.config(family), RandomStream.of(1, "sixteen"))) {
            TokenBatch batch = Fixtures.batch(encoder.config(), LENGTHS);
            for (Dropout dropout : dropouts()) {
                Tensor exact = encoder.encode(batch, OutputRequest.all(), dropout.again(), Precision.Float32)
                        .last();
                Tensor half = encoder.encode(batch, OutputRequest.all(), dropout.again(), Precision.BFloat16)
                        .last();

                assertThat(Fixtures.largestDifference(exact, half)).isBetween(1e-7, 0.05);
                assertThat(half.shape()).isEqualTo(exact.shape());
            }
            try (GradMode _ = GradMode.enabled()) {
                Tensor loss = encoder.encode(
                                batch, OutputRequest.first(), dropouts().get(1), Precision.BFloat16)
                        .last()
                        .square()
                        .sum();
                assertThat(Gradients.of(loss, encoder.parameters().tensors(), false))
                        .allMatch(Tensor::allFinite);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void recomputed_layers_give_the_same_bits(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), LENGTHS);
            Dropout dropout = Dropout.of(0.1, 0.2, 1, 1);
            List<Tensor> kept = gradients(encoder, batch, OutputRequest.first(), dropout.again());
            List<Tensor> keptHidden =
                    gradients(encoder, batch, OutputRequest.all().withHidden(), dropout.again());
            encoder.recompute(true);
            List<Tensor> again = gradients(encoder, batch, OutputRequest.first(), dropout.again());
            List<Tensor> againHidden =
                    gradients(encoder, batch, OutputRequest.all().withHidden(), dropout.again());

            for (int i = 0; i < kept.size(); i++) {
                assertThat(again.get(i).toFloats()).isEqualTo(kept.get(i).toFloats());
            }
            double near = Engine.device() == Device.GPU ? 1e-4 : 1e-5;
            assertSame(againHidden, keptHidden, near); // sums over several readers are added in another order
        }
    }

    @ParameterizedTest
    @EnumSource
    void words_are_scored_row_by_row(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            Tensor rows = encoder.encode(
                            Fixtures.batch(encoder.config(), LENGTHS),
                            OutputRequest.all(),
                            Dropout.none(),
                            Precision.Float32)
                    .last()
                    .reshape(-1, 32);
            Tensor index = Tensor.of(new long[] {3, 17, 40}, 3);

            assertThat(Fixtures.largestDifference(
                            encoder.maskedLogits(rows).rows(index), encoder.maskedLogits(rows.rows(index))))
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void training_the_words_that_occur_is_training_them_all(EncoderFamily family) {
        try (Encoder whole = Fixtures.encoder(family);
                Encoder reduced = Fixtures.encoder(family)) {
            TokenBatch batch = Fixtures.batch(whole.config(), LENGTHS);
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
            List<Tensor> gradients = gradients(encoder, batch, OutputRequest.first(), Dropout.of(0.1, 1, update));
            Kernels.clipNorm(gradients, 1);
            Kernels.adamw(weights, gradients, m, v, step, rate(update), 0.9, 0.99, DECAY, 1e-4);
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

    /// Of a loss that depends on the first token's state and, if they are kept, on all hidden states.
    private static List<Tensor> gradients(Encoder encoder, TokenBatch batch, OutputRequest read, Dropout dropout) {
        List<Tensor> weights = encoder.parameters().tensors();
        try (GradMode _ = GradMode.enabled()) {
            EncoderOutput encoded = encoder.encode(batch, read, dropout, Precision.Float32);
            Tensor loss = encoder.pooled(encoded.first()).square().sum();
            for (Tensor hidden : encoded.hidden()) {
                loss = loss.plus(hidden.select(1, 1).times(0.1).sum());
            }
            return Gradients.of(loss, weights, false);
        }
    }

    /// Relative to each weight's gradient, or to a thousandth of the largest: a key's bias has none but rounding.
    private static void assertSame(List<Tensor> actual, List<Tensor> expected, double relative) {
        double largest =
                expected.stream().mapToDouble(g -> g.norm().toDouble()).max().orElseThrow();
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < actual.size(); i++) {
            double size = Math.max(expected.get(i).norm().toDouble(), largest / 1000);
            differences.add(actual.get(i).minus(expected.get(i)).norm().toDouble() / size);
        }
        assertThat(differences).allSatisfy(d -> assertThat(d).isCloseTo(0, within(relative)));
    }
}
