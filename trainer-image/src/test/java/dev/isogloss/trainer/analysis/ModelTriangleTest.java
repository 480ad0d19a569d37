package dev.isogloss.trainer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How three models lie to each other.
class ModelTriangleTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.isogloss.trainer.analysis.InterpolationGolden#cases")
    void norms_and_angle_are_those_of_numpy(String name, JsonNode golden) {
        ModelTriangle triangle = ModelTriangle.of(InterpolationGolden.models(golden));

        JsonNode expected = golden.get("geometry");
        assertThat(triangle.normSource()).isCloseTo(expected.get("normSource").asDouble(), within(1e-9));
        assertThat(triangle.normTarget()).isCloseTo(expected.get("normTarget").asDouble(), within(1e-9));
        assertThat(triangle.ratio()).isCloseTo(expected.get("ratio").asDouble(), within(1e-9));
        assertThat(triangle.degrees()).isCloseTo(expected.get("degrees").asDouble(), within(1e-9));
    }

    private static Map<String, Tensor> weights(float... values) {
        return Map.of("w", Tensor.of(values, values.length));
    }

    @Test
    void a_right_angle_a_straight_line_and_a_way_back_are_90_180_and_0_degrees() {
        Map<String, Tensor> both = weights(1, 1);

        assertThat(ModelTriangle.of(List.of(weights(4, 1), weights(1, 5), both)))
                .extracting(
                        ModelTriangle::normSource,
                        ModelTriangle::normTarget,
                        ModelTriangle::ratio,
                        ModelTriangle::degrees)
                .containsExactly(3.0, 4.0, 0.75, 90.0);
        assertThat(ModelTriangle.of(List.of(weights(2, 2), weights(0, 0), both)).degrees())
                .isCloseTo(180, within(1e-5));
        assertThat(ModelTriangle.of(List.of(weights(2, 2), weights(3, 3), both)).degrees())
                .isCloseTo(0, within(1e-5));
    }

    @Test
    void without_a_way_there_is_no_angle() {
        Map<String, Tensor> both = weights(1, 1);

        assertThat(ModelTriangle.of(List.of(both, weights(0, 0), both)).degrees())
                .isNaN();
    }

    @Test
    void more_weights_than_a_block_holds_are_all_counted() {
        float[] ones = new float[10_000];
        Arrays.fill(ones, 1);

        ModelTriangle triangle = ModelTriangle.of(List.of(weights(ones), weights(ones), weights(new float[10_000])));

        assertThat(triangle).isEqualTo(new ModelTriangle(10_000, 10_000, 10_000));
    }

    @Test
    void encoder_and_head_are_measured_apart_without_a_pooler_that_nothing_reads() {
        try (Model source = TinyTransfer.model(Head.Token);
                Model target = TinyTransfer.model(Head.Token);
                Model both = TinyTransfer.model(Head.Token)) {
            add(1, source.encoder().parameters().get("pooler.dense.bias"));
            add(2, source.encoder().parameters().get("embeddings.LayerNorm.bias"));
            add(3, target.headWeights().get("classifier.bias"));
            List<Model> models = List.of(source, target, both);

            assertThat(ModelTriangle.ofEncoders(models).normSource())
                    .isCloseTo(2 * Math.sqrt(both.encoder().config().hidden()), within(1e-5));
            assertThat(ModelTriangle.ofEncoders(models).normTarget()).isZero();
            assertThat(ModelTriangle.ofHeads(models).normSource()).isZero();
            assertThat(ModelTriangle.ofHeads(models).normTarget())
                    .isCloseTo(3 * Math.sqrt(both.labels().size()), within(1e-5));
        }
    }

    private static void add(double what, Tensor to) {
        to.assign(to.plus(what));
    }
}
