package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Features that are made from the word table, scored by the same table, as hidden words are.
class WordCrossEntropyTest {
    private static final int WORDS = 11;
    private static final long[] RIGHT = {3, 0, 10, 3, 7, 1, 5};

    private final Parameters weights = new Parameters();
    private Scope scope = Scope.open();

    @BeforeEach
    void fill() {
        scope.close();
        scope = Scope.open();
        weights.put("table", Tensor.of(RandomStream.of(1, "table").gaussians(WORDS * 4, 0.5), WORDS, 4));
        weights.put("layer", Tensor.of(RandomStream.of(1, "layer").gaussians(16, 0.5), 4, 4));
        weights.put("bias", Tensor.of(RandomStream.of(1, "bias").gaussians(WORDS, 0.5), WORDS));
    }

    @AfterEach
    void free() {
        scope.close();
        weights.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 100})
    void loss_and_gradients_are_those_of_all_scores_at_once(int rowsAtOnce) {
        assertClose(result(rowsAtOnce, false, 1), result(0, false, 1));
    }

    @Test
    void gradients_pass_through_layers_that_are_recomputed() {
        assertClose(result(2, true, 1), result(0, true, 1));
        assertClose(result(2, true, 1), result(0, false, 1));
    }

    @Test
    void a_weighted_loss_has_weighted_gradients() {
        assertClose(result(3, false, 0.25), result(0, false, 0.25));
    }

    @Test
    void gradients_are_handed_on_once() {
        try (GradMode _ = GradMode.enabled()) {
            Tensor loss = inParts(features(false), 2);
            Gradients.of(loss, weights.tensors(), false, true);

            assertThatThrownBy(() -> Gradients.of(loss, weights.tensors(), false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("were handed on");
        }
    }

    @Test
    void weights_that_are_not_asked_for_have_no_gradients() {
        try (GradMode _ = GradMode.enabled()) {
            Tensor loss = inParts(features(false), 2);

            List<Tensor> gradients = Gradients.of(loss, List.of(weights.get("layer")), false);

            assertThat(gradients).hasSize(1);
            assertThat(gradients.getFirst().norm().toDouble()).isGreaterThan(0.01);
        }
    }

    /// The loss, then the gradients of all weights.
    private List<Float> result(int rowsAtOnce, boolean recompute, double weight) {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.enabled()) {
            Tensor features = features(recompute);
            Tensor mean = rowsAtOnce == 0 ? atOnce(features) : inParts(features, rowsAtOnce);
            Tensor loss = weight == 1 ? mean : mean.times(weight);
            List<Float> all = new ArrayList<>(List.of((float) loss.toDouble()));
            for (Tensor gradient : Gradients.of(loss, weights.tensors(), false))
                for (float value : gradient.toFloats()) all.add(value);
            return all;
        }
    }

    private Tensor features(boolean recompute) {
        Tensor x = weights.get("table").rows(Tensor.of(new long[] {0, 1, 2, 1, 4, 10, 6}, RIGHT.length));
        Tensor layer = weights.get("layer");
        return recompute
                ? Recomputation.of(List.of(x), List.of(layer), in -> in.getFirst()
                        .matmul(layer)
                        .tanh())
                : x.matmul(layer).tanh();
    }

    private Tensor inParts(Tensor features, int rowsAtOnce) {
        return WordCrossEntropy.mean(
                features, weights.get("table"), weights.get("bias"), RIGHT, rowsAtOnce, Precision.Float32);
    }

    private Tensor atOnce(Tensor features) {
        Tensor scores = features.linear(weights.get("table"), weights.get("bias"));
        return Losses.crossEntropy(scores, Tensor.of(RIGHT, RIGHT.length), 0, Losses.IGNORED);
    }

    private static void assertClose(List<Float> actual, List<Float> expected) {
        assertThat(actual).hasSameSizeAs(expected).anyMatch(value -> Math.abs(value) > 0.01);
        for (int i = 0; i < expected.size(); i++)
            assertThat(actual.get(i)).as("number %d", i).isCloseTo(expected.get(i), within(1e-6f));
    }
}
