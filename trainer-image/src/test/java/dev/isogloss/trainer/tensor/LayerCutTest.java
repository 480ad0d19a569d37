package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against libtorch's own record of the same layer.
class LayerCutTest {
    private static final int HIDDEN = 48;
    private static final int HEADS = 4;
    private static final double EPSILON = 1e-12;
    private static final List<String> SHAPES =
            List.of("hh", "h", "hh", "h", "hh", "h", "hh", "h", "h", "h", "fh", "f", "hf", "h", "h", "h");

    private final Parameters weights = new Parameters();
    private Scope scope = Scope.open();

    @BeforeEach
    void fill() {
        scope.close();
        scope = Scope.open();
        for (int i = 0; i < SHAPES.size(); i++) weights.put("w" + i, random("w" + i, SHAPES.get(i)));
        weights.put("x", random("x", "th"));
    }

    @AfterEach
    void free() {
        scope.close();
        weights.close();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void whoever_multiplies_gradients_are_those_of_the_recorded_layer(boolean oneDnn, boolean first) {
        assumeTrue(Engine.device() == Device.CPU
                && (!oneDnn || System.getProperty("os.arch").equals("amd64")));
        Dropout dropout = Dropout.of(0.1, 0.2, 1, 1);
        for (int[] lengths : new int[][] {{7, 7, 7}, {9, 1, 9, 2}, {21}}) {
            List<Tensor> recorded = gradients(
                    lengths,
                    (x, groups) -> Fused.recordedLayer(
                            x, groups, layer(), dropout.again(), HEADS, first, Precision.Float32, EPSILON, false));
            List<Tensor> written = gradients(lengths, (x, groups) -> written(x, groups, dropout, first, oneDnn, true));

            for (int i = 0; i < recorded.size(); i++) {
                float[] expected = recorded.get(i).toFloats();
                float[] found = written.get(i).toFloats();
                double largest = IntStream.range(0, expected.length)
                        .mapToDouble(n -> Math.abs(expected[n]))
                        .max()
                        .orElseThrow();
                for (int n = 0; n < expected.length; n++)
                    assertThat((double) found[n]).isCloseTo(expected[n], within(1e-5 + 1e-5 * largest));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_second_gradient_has_the_bits_of_the_first(boolean keeping) {
        Dropout dropout = Dropout.of(0.1, 0.2, 1, 1);
        int[] lengths = {9, 1, 9, 2};
        try (GradMode _ = GradMode.enabled()) {
            Tensor y = written(weights.get("x").times(1), groups(lengths), dropout, false, false, keeping);
            Tensor loss = y.square().sum();
            List<Tensor> once = Gradients.of(loss, weights.tensors(), false, true);
            List<Tensor> twice = Gradients.of(loss, weights.tensors(), false, true);

            for (int i = 0; i < once.size(); i++)
                assertThat(twice.get(i).toFloats()).isEqualTo(once.get(i).toFloats());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_gradient_by_the_input_alone_is_that_of_all(boolean first) {
        try (GradMode _ = GradMode.enabled()) {
            Tensor loss = written(
                            weights.get("x").times(1), groups(new int[] {20, 1}), Dropout.none(), first, false, true)
                    .square()
                    .sum();
            float[] ofAll =
                    Gradients.of(loss, weights.tensors(), false, true).getLast().toFloats();

            assertThat(Gradients.of(loss, List.of(weights.get("x")), false)
                            .getFirst()
                            .toFloats())
                    .isEqualTo(ofAll);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_kept_is_freed_with_the_gradient(boolean keeping) {
        try (GradMode _ = GradMode.enabled();
                Scope inner = Scope.open()) {
            AttentionGroups groups = groups(new int[] {7, 7, 7});
            Tensor x = weights.get("x").times(1);
            int before = inner.size();
            Tensor y = written(x, groups, Dropout.of(0.1, 1, 1), false, false, keeping);

            assertThat(inner.size() - before).isEqualTo(keeping ? 1 + 10 + 5 + 2 : 1);
            List<Tensor> gradients = Gradients.of(y.square().sum(), weights.tensors(), false);
            long left = IntStream.of(inner.size() - before - gradients.size())
                    .asLongStream()
                    .sum();
            assertThat(left).isLessThanOrEqualTo(8);
        }
    }

    private interface Layer {
        Tensor apply(Tensor x, AttentionGroups groups);
    }

    private List<Tensor> gradients(int[] lengths, Layer layer) {
        try (GradMode _ = GradMode.enabled()) {
            Tensor y = layer.apply(weights.get("x").times(1), groups(lengths));
            Tensor loss = y.times(random("seed", y.shape())).sum();
            return Gradients.of(loss, weights.tensors(), false);
        }
    }

    private Tensor written(
            Tensor x, AttentionGroups groups, Dropout dropout, boolean first, boolean oneDnn, boolean keeping) {
        LayerCut.Shape shape = new LayerCut.Shape(groups, HEADS, first, HostMemory.FLOAT32, 1.0, EPSILON, oneDnn);
        return LayerCut.of(
                x, layer(), shape, () -> Fused.masks(HIDDEN, groups, dropout.again(), HEADS, first, false), keeping);
    }

    private List<Tensor> layer() {
        List<Tensor> layer = new ArrayList<>();
        for (int i = 0; i < SHAPES.size(); i++) layer.add(weights.get("w" + i));
        return layer;
    }

    private static AttentionGroups groups(int[] lengths) {
        return AttentionGroups.of(lengths, lengths, HEADS);
    }

    private static Tensor random(String name, String shape) {
        return random(
                name,
                shape.chars()
                        .mapToLong(letter -> letter == 't' ? 21 : letter == 'h' ? HIDDEN : 4 * HIDDEN)
                        .toArray());
    }

    private static Tensor random(String name, long... shape) {
        int size = Math.toIntExact(HostMemory.count(shape));
        return Tensor.of(RandomStream.of(1, name).gaussians(size, 0.3), shape);
    }

    private static org.assertj.core.data.Offset<Double> within(double distance) {
        return org.assertj.core.data.Offset.offset(distance);
    }
}
