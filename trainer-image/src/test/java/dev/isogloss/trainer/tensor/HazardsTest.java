package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What goes wrong silently when libtorch is used through its usual Java binding, and cannot here.
class HazardsTest {

    @Test
    void a_garbage_collection_between_forward_and_backward_changes_no_gradient() {
        for (int round = 0; round < 20; round++) {
            try (Scope _ = Scope.open();
                    Parameters weights = weights(1, 2, 3);
                    GradMode _ = GradMode.enabled()) {
                Tensor x = weights.get("w");
                Tensor loss = x.times(3.5)
                        .times(Dropout.of(0.5, 1, round).mask(3))
                        .dividedBy(0.25)
                        .power(2)
                        .sum();
                double scale = 2 * 14 * 14 * 4;
                long kept = Arrays.stream(
                                toBits(Dropout.of(0.5, 1, round).mask(3).toFloats()))
                        .sum();
                System.gc();
                churn();

                float[] gradient =
                        Gradients.of(loss, List.of(x), false).getFirst().toFloats();

                float[] mask = Dropout.of(0.5, 1, round).mask(3).toFloats();
                for (int i = 0; i < 3; i++) {
                    assertThat(gradient[i]).isEqualTo((float) (mask[i] == 0 ? 0 : scale * (i + 1)));
                }
                assertThat(kept).isBetween(0L, 3L);
            }
        }
    }

    @Test
    void results_belong_to_the_scope_also_when_a_weight_is_the_receiver() {
        try (Scope outer = Scope.open();
                Parameters weights = weights(1, 2, 3)) {
            Tensor w = weights.get("w");
            int before = outer.size();
            for (int i = 0; i < 1000; i++) {
                try (Scope inner = Scope.open()) {
                    w.plus(Tensor.scalar(i)).times(w).sum();
                    assertThat(inner.size()).isEqualTo(3);
                }
            }
            assertThat(outer.size()).isEqualTo(before);
        }
    }

    @Test
    void memory_returns_when_a_scope_closes() {
        long before = 0;
        for (int i = 0; i < 300; i++) {
            try (Scope _ = Scope.open()) {
                Tensor.zeros(4 << 20).plus(1);
            }
            if (i == 20) {
                before = resident();
            }
        }
        assertThat(resident() - before).isLessThan(200L << 20);
    }

    @Test
    void nothing_can_be_made_without_an_owner() {
        assertThatThrownBy(() -> Tensor.zeros(2)).hasMessageContaining("no Scope is open on this thread");
    }

    @Test
    void a_freed_tensor_is_not_read() {
        Tensor escaped;
        Tensor kept;
        try (Scope outer = Scope.open()) {
            try (Scope _ = Scope.open()) {
                escaped = Tensor.ones(2);
                kept = Tensor.ones(2).keep(outer);
            }
            assertThatThrownBy(escaped::toFloats).hasMessageContaining("this tensor's Scope is closed");
            assertThat(kept.toFloats()).containsExactly(1, 1);
        }
        assertThatThrownBy(kept::toFloats).hasMessageContaining("this tensor's Scope is closed");
    }

    @Test
    void a_scope_is_closed_in_order_and_by_its_own_thread() {
        try (Scope outer = Scope.open()) {
            try (Scope _ = Scope.open()) {
                assertThatThrownBy(outer::close).hasMessageContaining("inner Scope is still open");
            }
            assertThatThrownBy(() -> CompletableFuture.runAsync(outer::close).join())
                    .hasMessageContaining("closed by the thread that opened it");
        }
    }

    @Test
    void recording_is_off_on_every_thread_until_asked_for() {
        assertThat(CompletableFuture.supplyAsync(GradMode::isEnabled).join()).isFalse();
        boolean onAFreshThread = onAFreshThread(() -> {
            try (Scope _ = Scope.open();
                    Parameters weights = weights(1)) {
                return weights.get("w").times(2).requiresGradient();
            }
        });
        assertThat(onAFreshThread).isFalse();
        try (GradMode _ = GradMode.enabled()) {
            assertThat(GradMode.isEnabled()).isTrue();
            assertThat((boolean) GradMode.without(GradMode::isEnabled)).isFalse();
            assertThat(GradMode.isEnabled()).isTrue();
        }
        assertThat(GradMode.isEnabled()).isFalse();
    }

    @Test
    void casts_and_copies_carry_gradients() {
        try (Scope _ = Scope.open();
                Parameters weights = weights(2);
                GradMode _ = GradMode.enabled()) {
            Tensor w = weights.get("w");
            Tensor loss = w.asDouble().square().copy().asFloat().sum();

            assertThat(Gradients.of(loss, List.of(w), false).getFirst().toFloats())
                    .containsExactly(4);
        }
    }

    @Test
    void a_copy_is_no_alias() {
        try (Scope _ = Scope.open()) {
            Tensor x = Tensor.ones(2);
            Tensor copy = x.copy();
            x.assign(Tensor.zeros(2));

            assertThat(copy.toFloats()).containsExactly(1, 1);
            assertThat(x.toFloats()).containsExactly(0, 0);
        }
    }

    @Test
    void java_arrays_are_copied_in() {
        try (Scope _ = Scope.open()) {
            float[] values = {1, 2};
            Tensor x = Tensor.of(values, 2);
            values[0] = 9;

            assertThat(x.toFloats()).containsExactly(1, 2);
        }
    }

    @Test
    void gradients_neither_pile_up_in_the_weights_nor_need_them_all() {
        try (Scope _ = Scope.open();
                Parameters weights = weights(3);
                GradMode _ = GradMode.enabled()) {
            weights.put("unused", Tensor.ones(2, 2));
            for (int i = 0; i < 3; i++) {
                Tensor loss = weights.get("w").square().sum();
                List<Tensor> gradients = Gradients.of(loss, weights.tensors(), false);

                assertThat(gradients.get(0).toFloats()).containsExactly(6);
                assertThat(gradients.get(1).toFloats()).containsExactly(0, 0, 0, 0);
            }
        }
    }

    @Test
    void a_loss_that_was_not_recorded_says_so() {
        try (Scope _ = Scope.open();
                Parameters weights = weights(3)) {
            Tensor loss = weights.get("w").sum();

            assertThatThrownBy(() -> Gradients.of(loss, weights.tensors(), false))
                    .hasMessageContaining("computed without recording");
        }
    }

    @Test
    void the_gradient_of_a_gradient_is_exact_and_leaks_nothing() {
        long before = 0;
        for (int i = 0; i < 200; i++) {
            try (Scope _ = Scope.open();
                    Parameters weights = new Parameters();
                    GradMode _ = GradMode.enabled()) {
                weights.put("w", Tensor.full(2, 1 << 18));
                Tensor w = weights.get("w");
                Tensor first = Gradients.of(w.power(3).sum(), List.of(w), true).getFirst();
                Tensor second =
                        Gradients.of(first.square().mean(), List.of(w), false).getFirst();
                // d/dw mean((3w²)²) = 36 w³ / n
                assertThat(second.slice(0, 0, 1).toDouble() * (1 << 18)).isCloseTo(288, within(1e-3));
            }
            if (i == 50) {
                before = resident();
            }
        }
        assertThat(resident() - before).isLessThan(100L << 20);
    }

    @Test
    void a_reversed_gradient_leaves_values_untouched() {
        try (Scope _ = Scope.open();
                Parameters weights = weights(0.1f, 1e-8f, 3e7f);
                GradMode _ = GradMode.enabled()) {
            Tensor w = weights.get("w");
            Tensor reversed = w.reverseGradient(0.3);

            assertThat(reversed.toFloats()).containsExactly(w.toFloats());
            assertThat(Gradients.of(reversed.sum(), List.of(w), false)
                            .getFirst()
                            .toFloats())
                    .containsExactly(-0.3f, -0.3f, -0.3f);
        }
    }

    private static Parameters weights(float... values) {
        Parameters weights = new Parameters();
        try (Scope _ = Scope.open()) {
            weights.put("w", Tensor.of(values, values.length));
        }
        return weights;
    }

    private static int[] toBits(float[] mask) {
        int[] bits = new int[mask.length];
        for (int i = 0; i < mask.length; i++) {
            bits[i] = mask[i] == 0 ? 0 : 1;
        }
        return bits;
    }

    /// Fills whatever memory was freed with other numbers.
    private static void churn() {
        try (Scope _ = Scope.open()) {
            for (int i = 0; i < 50; i++) {
                Tensor.full(Double.NaN, 3);
                Tensor.full(Double.NaN);
            }
        }
    }

    private static <T> T onAFreshThread(java.util.function.Supplier<T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                result.complete(body.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    private static long resident() {
        try {
            return Long.parseLong(java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/statm"))
                            .split(" ")[1])
                    * 4096;
        } catch (java.io.IOException e) {
            return 0; // not Linux: the other assertions remain
        }
    }
}
