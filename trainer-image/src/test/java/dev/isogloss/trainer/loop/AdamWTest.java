package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The optimiser's step, against its formula worked out by hand.
class AdamWTest {
    private static final double RATE = 0.1;
    private static final double DECAY = 0.5;

    /// With a gradient of 0 only decay moves a weight: θ(1 − ηλ).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "encoder.layer.0.output.dense.bias",
                "encoder.layer.0.output.LayerNorm.weight",
                "encoder.layer.0.output.LayerNorm.bias",
                "classifier.bias"
            })
    void biases_and_layer_norms_are_not_decayed_and_all_else_is(String spared) {
        try (Parameters parameters = new Parameters();
                Scope _ = Scope.open()) {
            AdamW optimiser = optimiser(parameters, 0, spared, "classifier.weight");

            optimiser.step(List.of(Tensor.zeros(2), Tensor.zeros(2)), 0, Tensor.zeros());

            assertThat(parameters.get(spared).toFloats()).containsExactly(2, 2);
            assertThat(parameters.get("classifier.weight").toFloats())
                    .containsExactly(new float[] {1.9f, 1.9f}, within(1e-6f));
        }
    }

    /// After one step m/(1 − β₁) = g and v/(1 − β₂) = g², so that θ moves by η·sign(g), however great g is.
    @Test
    void the_first_step_has_the_length_of_the_rate_in_every_coordinate() {
        try (Parameters parameters = new Parameters();
                Scope _ = Scope.open()) {
            AdamW optimiser = optimiser(parameters, 0, "a.bias", "b.bias");

            optimiser.step(
                    List.of(Tensor.of(new float[] {3, -0.01f}, 2), Tensor.of(new float[] {-7, 0}, 2)),
                    0,
                    Tensor.zeros());

            assertThat(parameters.get("a.bias").toFloats()).containsExactly(new float[] {1.9f, 2.1f}, within(1e-5f));
            assertThat(parameters.get("b.bias").toFloats()).containsExactly(new float[] {2.1f, 2}, within(1e-5f));
        }
    }

    @Test
    void a_step_that_is_skipped_leaves_no_trace() {
        try (Parameters parameters = new Parameters();
                Scope _ = Scope.open()) {
            AdamW optimiser = optimiser(parameters, 0, "a.bias");
            optimiser.step(List.of(Tensor.full(3, 2)), 0, Tensor.zeros());
            List<float[]> before =
                    optimiser.state().values().stream().map(Tensor::toFloats).toList();

            optimiser.step(List.of(Tensor.full(Double.NaN, 2)), 1, Tensor.ones());

            assertThat(optimiser.state().values().stream().map(Tensor::toFloats).toList())
                    .usingRecursiveComparison()
                    .isEqualTo(before);
        }
    }

    /// By hand, with β₁ = .9, β₂ = .999: after gradients 1 and −1 m is −.01 and v .001999, so that the second step is
    /// η·(.01/.19)/(√(.001999/.001999)) in the direction of the second gradient's moment.
    @Test
    void moments_are_those_of_both_steps() {
        try (Parameters parameters = new Parameters();
                Scope _ = Scope.open()) {
            AdamW optimiser = optimiser(parameters, 0, "a.bias");

            optimiser.step(List.of(Tensor.of(new float[] {1, 1}, 2)), 0, Tensor.zeros());
            optimiser.step(List.of(Tensor.of(new float[] {-1, 1}, 2)), 1, Tensor.zeros());

            float opposite = (float) (2 - RATE + RATE * 0.01 / 0.19);
            assertThat(parameters.get("a.bias").toFloats())
                    .containsExactly(new float[] {opposite, 1.8f}, within(1e-5f));
        }
    }

    @Test
    void gradients_are_clipped_by_the_norm_of_all_of_them_together() {
        try (Parameters parameters = new Parameters();
                Scope _ = Scope.open()) {
            AdamW optimiser = optimiser(parameters, 1, "a.bias", "b.bias");
            List<Tensor> gradients = List.of(Tensor.of(new float[] {3, 0}, 2), Tensor.of(new float[] {0, 4}, 2));

            optimiser.step(gradients, 0, Tensor.zeros());

            assertThat(gradients.get(0).toFloats()).containsExactly(new float[] {0.6f, 0}, within(1e-5f));
            assertThat(gradients.get(1).toFloats()).containsExactly(new float[] {0, 0.8f}, within(1e-5f));
        }
    }

    /// Of a schedule that falls linearly to 0 over four updates.
    @Test
    void each_update_has_the_rate_of_its_own_number() {
        for (int update = 0; update < 4; update++)
            try (Parameters parameters = new Parameters();
                    Scope _ = Scope.open()) {
                parameters.put("a.bias", Tensor.full(2, 2));
                AdamW optimiser = new AdamW(new ParameterGroup(
                        "g",
                        parameters.byName(),
                        new LearningRate(RATE, Schedule.Linear, 0, 4),
                        new Optimiser(0, 0.9, 0.999, 1e-8, 0, Schedule.Linear, 0)));

                optimiser.step(List.of(Tensor.ones(2)), update, Tensor.zeros());

                float rate = (float) (RATE * (4 - update) / 4);
                assertThat(parameters.get("a.bias").toFloats())
                        .containsExactly(new float[] {2 - rate, 2 - rate}, within(1e-5f));
            }
    }

    private static AdamW optimiser(Parameters parameters, double clipNorm, String... names) {
        for (String name : names) parameters.put(name, Tensor.full(2, 2));
        return new AdamW(new ParameterGroup(
                "group",
                parameters.byName(),
                new LearningRate(RATE, Schedule.Constant, 0, 10),
                new Optimiser(DECAY, 0.9, 0.999, 1e-8, clipNorm, Schedule.Constant, 0)));
    }
}
