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
                Kernels.adamw(w, List.of(Tensor.of(g, 2)), m, v, step, 0.01, 0.9, 0.99, 0.1, 1e-8, Tensor.zeros());
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
    void adamw_skips_a_step_when_it_is_told_to() {
        try (Scope _ = Scope.open();
                Parameters weights = new Parameters()) {
            weights.put("w", Tensor.of(new float[] {1, -2}, 2));
            List<Tensor> m = List.of(Tensor.zeros(2));
            List<Tensor> v = List.of(Tensor.zeros(2));
            List<Tensor> step = List.of(Tensor.zeros());
            List<Tensor> broken = List.of(Tensor.full(Double.NaN, 2));

            Kernels.adamw(weights.tensors(), broken, m, v, step, 0.01, 0.9, 0.99, 0.1, 1e-8, Tensor.ones());

            assertThat(weights.get("w").toFloats()).containsExactly(1, -2);
            assertThat(m.getFirst().toFloats()).containsOnly(0);
            assertThat(v.getFirst().toFloats()).containsOnly(0);
            assertThat(step.getFirst().toDouble()).isZero();
        }
    }

    @Test
    void numbers_that_are_none_are_found_without_reading_them() {
        try (Scope _ = Scope.open()) {
            long reads = HostReads.ofThisThread();
            Tensor sound = Kernels.isNotFinite(List.of(Tensor.full(1), Tensor.of(new double[] {1e300}, 1)));
            Tensor nan = Kernels.isNotFinite(List.of(Tensor.full(1), Tensor.full(Double.NaN)));
            Tensor infinite = Kernels.isNotFinite(List.of(Tensor.full(Double.NEGATIVE_INFINITY), Tensor.full(1)));

            assertThat(HostReads.ofThisThread()).isEqualTo(reads);
            assertThat(sound.toDouble()).isZero();
            assertThat(nan.toDouble()).isOne();
            assertThat(infinite.toDouble()).isOne();
        }
    }

    @Test
    void of_many_tensors_the_first_that_is_not_finite_is_found_in_one_read() {
        try (Scope _ = Scope.open()) {
            Tensor great = Tensor.full(3e38, 4); // its square is not finite
            Tensor none = Tensor.zeros(0);
            Tensor sound = Tensor.ones(3);
            long reads = HostReads.ofThisThread();

            assertThat(Kernels.firstNotFinite(List.of(none, sound, sound))).isEmpty();

            assertThat(HostReads.ofThisThread()).isEqualTo(reads + 1);
            assertThat(Kernels.firstNotFinite(List.of(none, great, sound))).isEmpty();
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
                assertThat(Kernels.firstNotFinite(List.of(
                                none, great, Tensor.of(new double[] {1, bad}, 2).asFloat(), sound)))
                        .hasValue(2);
            assertThat(Kernels.firstNotFinite(List.of())).isEmpty();
        }
    }

    @Test
    void late_numbers_are_those_that_were_given_however_they_change_later() {
        try (Scope _ = Scope.open()) {
            Tensor changing = Tensor.full(2.5, 1);
            try (LateNumbers late = LateNumbers.of(List.of(Tensor.of(new double[] {1e-300}), changing))) {
                changing.assign(Tensor.zeros(1));
                long reads = HostReads.ofThisThread();

                assertThat(late.read()).containsExactly(1e-300, 2.5);
                assertThat(HostReads.ofThisThread()).isEqualTo(reads + 1);
            }
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
