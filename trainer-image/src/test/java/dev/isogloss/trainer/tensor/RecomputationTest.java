package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecomputationTest {

    private final Parameters weights = new Parameters();
    private Scope scope = Scope.open();

    @BeforeEach
    void fill() {
        scope.close();
        scope = Scope.open();
        for (String name : List.of("e", "a", "b", "c")) {
            weights.put(name, Tensor.of(RandomStream.of(1, name).gaussians(16, 0.5), 4, 4));
        }
    }

    @AfterEach
    void free() {
        scope.close();
        weights.close();
    }

    @Test
    void gradients_are_the_same_bits_as_without_it() {
        assertThat(gradients(true)).isEqualTo(gradients(false));
    }

    @Test
    void outputs_may_be_read_by_several_losses_and_mixed() {
        List<List<Float>> results = new ArrayList<>();
        for (boolean recompute : new boolean[] {false, true}) {
            try (Scope _ = Scope.open();
                    GradMode _ = GradMode.enabled()) {
                Tensor one = layer(weights.get("e").times(1.5), "a", recompute);
                Tensor two = layer(weights.get("e").times(-0.5), "a", recompute);
                Tensor mixed = layer(one.times(0.25).plus(two.times(0.75)), "b", recompute);
                Tensor loss = mixed.square().sum().plus(one.sum());
                results.add(flat(Gradients.of(loss, weights.tensors(), false)));
            }
        }
        for (int i = 0; i < results.get(0).size(); i++) {
            assertThat(results.get(1).get(i))
                    .isCloseTo(results.get(0).get(i), org.assertj.core.data.Offset.offset(1e-5f));
        }
    }

    @Test
    void second_derivatives_are_refused() {
        try (GradMode _ = GradMode.enabled()) {
            Tensor loss = layer(weights.get("e").times(1), "a", true).sum();

            assertThatThrownBy(() -> Gradients.of(loss, weights.tensors(), true))
                    .hasMessageContaining("gradient is written out");
        }
    }

    @Test
    void only_inputs_stay_in_memory() {
        try (GradMode _ = GradMode.enabled();
                Scope inner = Scope.open()) {
            Tensor x = weights.get("e").times(1);
            layer(layer(x, "a", true), "b", true);

            assertThat(inner.size()).isEqualTo(3);
        }
    }

    private List<Float> gradients(boolean recompute) {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.enabled()) {
            Tensor x = weights.get("e").times(1);
            for (String name : List.of("a", "b")) {
                x = layer(x, name, recompute);
            }
            return flat(Gradients.of(x.square().sum(), weights.tensors(), false));
        }
    }

    private Tensor layer(Tensor x, String name, boolean recompute) {
        Tensor w = weights.get(name);
        return recompute
                ? Recomputation.of(
                        List.of(x), List.of(w), in -> in.getFirst().matmul(w).tanh())
                : x.matmul(w).tanh();
    }

    private static List<Float> flat(List<Tensor> tensors) {
        List<Float> all = new ArrayList<>();
        tensors.forEach(tensor -> {
            for (float f : tensor.toFloats()) {
                all.add(f);
            }
        });
        return all;
    }
}
