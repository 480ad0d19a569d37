package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.encoder.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Steps side by side in one process draw the attention dropout of a layer from the engine's generator, which is the
/// process's: each still has the bits that it has alone. On a CPU attention is made to drop as it does on a GPU.
class SideBySideTest {
    private static final int LAYERS = 200;

    @Test
    void a_training_beside_another_keeps_its_bits() throws Exception {
        Engine.start(1, Device.ofThisProcess(), true);
        List<float[]> alone = List.of(states(1), states(2));
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<float[]>> both = List.of(() -> states(1), () -> states(2));
            List<float[]> beside = new ArrayList<>();
            for (Future<float[]> state : threads.invokeAll(both)) beside.add(state.get());
            for (int i = 0; i < 2; i++) assertThat(beside.get(i)).isEqualTo(alone.get(i));
        }
        assertThat(alone.getFirst()).isNotEqualTo(alone.getLast());
    }

    /// A number of every layer's output.
    private static float[] states(long seed) {
        float[] states = new float[LAYERS];
        try (Scope _ = Scope.open()) {
            Tensor x = arranged(4 * 16, 32);
            int[] lengths = {16, 16, 16, 16};
            AttentionGroups groups = AttentionGroups.whole(lengths, lengths);
            List<Tensor> weights = new ArrayList<>();
            for (int width : new int[] {32, 32, 32, 32}) {
                weights.add(arranged(width, 32));
                weights.add(arranged(width));
            }
            weights.addAll(List.of(Tensor.ones(32), arranged(32)));
            weights.addAll(List.of(arranged(64, 32), arranged(64), arranged(32, 64), arranged(32)));
            weights.addAll(List.of(Tensor.ones(32), arranged(32)));
            for (int i = 0; i < LAYERS; i++)
                try (Scope _ = Scope.open()) {
                    states[i] = (float) Fused.recordedLayer(
                                    x,
                                    groups,
                                    weights,
                                    Dropout.of(0, 0.5, seed, i),
                                    2,
                                    false,
                                    Precision.Float32,
                                    1e-12,
                                    true)
                            .square()
                            .times(arranged(4 * 16, 32))
                            .sum()
                            .toDouble();
                }
        }
        return states;
    }

    private static Tensor arranged(long... shape) {
        int size = Math.toIntExact(
                IntStream.range(0, shape.length).mapToLong(i -> shape[i]).reduce(1, (a, b) -> a * b));
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = (float) Math.sin(i * 1.7);
        return Tensor.of(values, shape);
    }
}
