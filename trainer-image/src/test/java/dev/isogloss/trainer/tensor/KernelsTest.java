package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {

    @Test
    void adamw_follows_the_formula() {
        try (Scope _ = Scope.open();
                Parameters weights = new Parameters()) {
            weights.put("w", Tensor.of(new float[] {1, -2}, 2));
            List<Tensor> w = weights.tensors();
            List<Tensor> m = List.of(Tensor.zeros(2));
            List<Tensor> v = List.of(Tensor.zeros(2));
            List<Tensor> step = List.of(Tensor.zeros());
            double[] expected = {1, -2};
            double[] em = new double[2];
            double[] ev = new double[2];
            for (int t = 1; t <= 5; t++) {
                float[] g = {0.5f * t, -0.1f};
                Kernels.adamw(w, List.of(Tensor.of(g, 2)), m, v, step, 0.01, 0.9, 0.99, 0.1, 1e-8);
                for (int i = 0; i < 2; i++) {
                    expected[i] -= 0.01 * 0.1 * expected[i];
                    em[i] = 0.9 * em[i] + 0.1 * g[i];
                    ev[i] = 0.99 * ev[i] + 0.01 * g[i] * g[i];
                    double mHat = em[i] / (1 - Math.pow(0.9, t));
                    double vHat = ev[i] / (1 - Math.pow(0.99, t));
                    expected[i] -= 0.01 * mHat / (Math.sqrt(vHat) + 1e-8);
                }
            }

            assertThat(w.getFirst().toDoubles()).containsExactly(expected, within(1e-6));
            assertThat(step.getFirst().toDouble()).isEqualTo(5);
        }
    }

    @Test
    void norms_are_clipped_together_and_small_ones_left_alone() {
        try (Scope _ = Scope.open()) {
            List<Tensor> g = List.of(Tensor.of(new float[] {3}, 1), Tensor.of(new float[] {0, 4}, 2));

            assertThat(Kernels.clipNorm(g, 10).toDouble()).isEqualTo(5);
            assertThat(g.get(1).toFloats()).containsExactly(0, 4);
            assertThat(Kernels.clipNorm(g, 1).toDouble()).isEqualTo(5);
            assertThat(g.get(0).toFloats()[0]).isCloseTo(0.6f, within(1e-5f));
            assertThat(g.get(1).toFloats()[1]).isCloseTo(0.8f, within(1e-5f));
        }
    }

    @Test
    void lists_are_interpolated_added_and_scaled_in_place() {
        try (Scope _ = Scope.open();
                Parameters weights = new Parameters()) {
            weights.put("w", Tensor.of(new float[] {1, 3}, 2));
            List<Tensor> a = weights.tensors();
            List<Tensor> b = List.of(Tensor.of(new float[] {3, 3}, 2));

            Kernels.lerp(a, b, 0.25);
            assertThat(a.getFirst().toFloats()).containsExactly(1.5f, 3);
            Kernels.add(a, b, 2);
            assertThat(a.getFirst().toFloats()).containsExactly(7.5f, 9);
            Kernels.scale(a, 2);
            assertThat(a.getFirst().toFloats()).containsExactly(15, 18);
        }
    }
}
