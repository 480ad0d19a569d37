package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {

    /// By hand: (½, ¼, ¼) has the entropy 1.5·log 2 and three equal probabilities log 3; the mean is negated.
    @Test
    void the_negative_entropy_is_the_mean_of_minus_each_row_s_entropy() {
        try (Scope _ = Scope.open()) {
            assertThat(Losses.negativeEntropy(logits()).toDouble())
                    .isCloseTo(-(1.5 * Math.log(2) + Math.log(3)) / 2, within(1e-6));
        }
    }

    /// By hand: ∂/∂z_j Σ p·log p = p_j·(log p_j − Σ p·log p), which is ¼·log 2 for ½ and −⅛·log 2 for ¼; halved, for
    /// the mean is over two rows.
    @Test
    void its_gradient_pushes_a_prediction_towards_equal_probabilities() {
        try (Scope _ = Scope.open();
                Parameters parameters = new Parameters()) {
            parameters.put("z", logits());
            Tensor loss = GradMode.with(() -> Losses.negativeEntropy(parameters.get("z")));

            float[] gradient = Gradients.of(loss, List.of(parameters.get("z")), false)
                    .getFirst()
                    .toFloats();

            double[] expected = {Math.log(2) / 8, -Math.log(2) / 16, -Math.log(2) / 16, 0, 0, 0};
            for (int i = 0; i < expected.length; i++)
                assertThat((double) gradient[i]).isCloseTo(expected[i], within(1e-6));
        }
    }

    @Test
    void a_probability_that_underflows_leaves_a_number() {
        try (Scope _ = Scope.open()) {
            assertThat(Losses.negativeEntropy(Tensor.of(new float[] {0, -1000}, 1, 2))
                            .toDouble())
                    .isZero();
        }
    }

    @Test
    void logits_at_the_end_of_single_precision_leave_numbers() {
        try (Scope _ = Scope.open();
                Parameters parameters = new Parameters()) {
            parameters.put("z", Tensor.of(new float[] {3e38f, -3e38f, 0, 5, 5, 5}, 2, 3));
            Tensor loss = GradMode.with(() -> Losses.negativeEntropy(parameters.get("z")));

            assertThat(loss.toDouble()).isCloseTo(-Math.log(3) / 2, within(1e-6));
            assertThat(Gradients.of(loss, List.of(parameters.get("z")), false)
                            .getFirst()
                            .toFloats())
                    .containsExactly(new float[6], within(1e-6f));
        }
    }

    private static Tensor logits() {
        float half = (float) Math.log(2);
        return Tensor.of(new float[] {half, 0, 0, 5, 5, 5}, 2, 3);
    }
}
