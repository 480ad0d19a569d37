package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Encoders saved by Python's transformers, and what it computes with them; made by `src/test/python/golden.py`.
class GoldenTest {

    private static final int CASES = 4;

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
    @ValueSource(strings = {"bert", "xlm-roberta"})
    void every_hidden_state_is_the_one_of_transformers(String family) {
        Safetensors golden = golden(family);
        try (Encoder encoder = Encoder.load(folder(family))) {
            for (int i = 0; i < CASES; i++) {
                TokenBatch batch = batch(golden, i, encoder);
                for (OutputRequest read : List.of(
                        OutputRequest.all().withHidden(),
                        OutputRequest.all().withHidden().withAttentions())) {
                    EncoderOutput encoded = encoder.encode(batch, read, Dropout.none(), Precision.Float32);
                    for (int layer = 0; layer <= encoder.config().layers(); layer++) {
                        assertThat(difference(
                                        Fixtures.tokens(encoded.hidden().get(layer), batch),
                                        onTokens(golden, i, ".hidden." + layer)))
                                .isLessThan(2e-5);
                    }
                    assertThat(difference(encoder.pooled(encoded.first()), golden.tensor(i + ".pooled")))
                            .isLessThan(2e-5);
                }
                Tensor first = encoder.encode(batch, OutputRequest.first(), Dropout.none(), Precision.Float32)
                        .first();
                assertThat(difference(encoder.pooled(first), golden.tensor(i + ".pooled")))
                        .isLessThan(2e-5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "xlm-roberta"})
    void attention_probabilities_are_the_ones_of_transformers(String family) {
        Safetensors golden = golden(family);
        try (Encoder encoder = Encoder.load(folder(family))) {
            TokenBatch batch = batch(golden, 0, encoder);
            EncoderOutput encoded =
                    encoder.encode(batch, OutputRequest.all().withAttentions(), Dropout.none(), Precision.Float32);
            for (int layer = 0; layer < encoder.config().layers(); layer++)
                for (int text = 0; text < batch.texts(); text++) {
                    int length = batch.lengths()[text]; // what padding attends to means nothing
                    Tensor ours =
                            encoded.attentions().get(layer).probabilities().select(0, text);
                    Tensor theirs = golden.tensor("0.attention." + layer).select(0, text);
                    assertThat(difference(ours.slice(1, 0, length), theirs.slice(1, 0, length)))
                            .isLessThan(2e-5);
                }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "xlm-roberta"})
    void words_are_scored_as_transformers_scores_them(String family) {
        Safetensors golden = golden(family);
        try (Encoder encoder = Encoder.load(folder(family))) {
            for (int i : new int[] {0, 1, 3}) {
                TokenBatch batch = batch(golden, i, encoder);
                Tensor last = encoder.encode(batch, OutputRequest.all(), Dropout.none(), Precision.Float32)
                        .last();
                Tensor scores = encoder.maskedLogits(Fixtures.tokens(last, batch));
                assertThat(difference(scores, onTokens(golden, i, ".logits")))
                        .isLessThan(5e-5); // scores are about ten times as large as hidden states
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "xlm-roberta"})
    void the_gradient_of_every_weight_is_the_one_of_transformers(String family) {
        Safetensors golden = golden(family);
        try (Encoder encoder = Encoder.load(folder(family));
                GradMode _ = GradMode.enabled()) {
            for (int i : new int[] {0, 3}) {
                List<String> names = new ArrayList<>(encoder.parameters().names());
                List<Tensor> weights = new ArrayList<>(encoder.parameters().tensors(names));
                names.replaceAll(name -> encoder.config().family().prefix() + name);
                names.addAll(encoder.mlmHead().names());
                weights.addAll(encoder.mlmHead().tensors());
                Tensor loss = loss(encoder, batch(golden, i, encoder));

                List<Tensor> gradients = Gradients.of(loss, weights, false);

                assertThat(loss.toDouble()).isCloseTo(golden.tensor(i + ".loss").toDouble(), within(1e-5));
                double largest = gradients.stream()
                        .mapToDouble(g -> g.norm().toDouble())
                        .max()
                        .orElseThrow();
                for (int w = 0; w < names.size(); w++) {
                    Tensor expected = golden.tensor(i + ".gradient." + names.get(w));
                    double size = Math.max(expected.norm().toDouble(), 1e-3 * largest);
                    assertThat(gradients.get(w).minus(expected).norm().toDouble() / size)
                            .as(names.get(w))
                            .isLessThan(1e-4);
                }
            }
        }
    }

    /// The script's: smoothed cross entropy at ids that three divides, all others ignored, and a weighted mean of the
    /// pooled states. Words are scored at those positions alone.
    private static Tensor loss(Encoder encoder, TokenBatch batch) {
        EncoderOutput encoded = encoder.encode(batch, OutputRequest.all(), Dropout.none(), Precision.Float32);
        long[] places = Arrays.stream(batch.unpadded())
                .filter(p -> batch.ids()[(int) p] % 3 == 0)
                .toArray();
        long[] labels = Arrays.stream(places).map(p -> batch.ids()[(int) p]).toArray();
        Tensor rows = encoded.last().rows(Tensor.of(places, places.length));
        Tensor words =
                Losses.crossEntropy(encoder.maskedLogits(rows), Tensor.of(labels, labels.length), 0.1, Losses.IGNORED);
        Tensor pooled = encoder.pooled(encoded.first());
        return words.plus(pooled.times(Tensor.arange(encoder.config().hidden())).mean());
    }

    private static TokenBatch batch(Safetensors golden, int i, Encoder encoder) {
        return Fixtures.packed(filled(golden, i), encoder.config().padId());
    }

    /// As the script wrote it.
    private static TokenBatch filled(Safetensors golden, int i) {
        Tensor ids = golden.tensor(i + ".ids");
        int[] lengths = Arrays.stream(golden.tensor(i + ".lengths").toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
        return new TokenBatch(ids.toLongs(), golden.tensor(i + ".types").toLongs(), lengths, (int) ids.size(1));
    }

    /// The rows that do not stand on padding.
    private static Tensor onTokens(Safetensors golden, int i, String name) {
        return Fixtures.tokens(golden.tensor(i + name), filled(golden, i));
    }

    private static double difference(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        return Fixtures.largestDifference(a, b);
    }

    private static Offset<Double> within(double tolerance) {
        return Offset.offset(tolerance);
    }

    private static Safetensors golden(String family) {
        return Safetensors.open(folder(family).resolve("golden.safetensors"));
    }

    private static Path folder(String family) {
        try {
            return Path.of(Objects.requireNonNull(GoldenTest.class.getResource("golden/" + family))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
