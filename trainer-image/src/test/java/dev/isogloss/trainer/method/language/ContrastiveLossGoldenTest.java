package dev.isogloss.trainer.method.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.encoder.SentenceVectors;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Values and gradients of torch's autograd in double; `src/test/python/contrast_golden.py` made them.
class ContrastiveLossGoldenTest {

    @BeforeAll
    static void engine() {
        Engine.start(1, Device.ofThisProcess(), true);
    }

    @Test
    void losses_and_gradients_are_those_of_torch() throws IOException {
        JsonNode cases;
        try (var in = ContrastiveLossGoldenTest.class.getResourceAsStream("golden.json")) {
            cases = new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
        assertThat(cases).hasSize(11);
        for (JsonNode expected : cases) {
            try (Scope scope = Scope.open();
                    GradMode recording = GradMode.enabled()) {
                List<Tensor> inputs = new ArrayList<>();
                expected.get("inputs").forEach(rows -> inputs.add(tensor(rows).asInput()));
                Tensor value = loss(expected, inputs);

                double wanted = expected.get("value").asDouble();
                assertThat(value.toDouble())
                        .as(expected.get("name").asText())
                        .isCloseTo(wanted, within(1e-6 * Math.abs(wanted)));
                List<Tensor> gradients = Gradients.of(value, inputs, false);
                for (int i = 0; i < inputs.size(); i++)
                    assertClose(
                            gradients.get(i).toDoubles(),
                            flat(expected.get("gradients").get(i)));
            }
        }
    }

    private static Tensor loss(JsonNode expected, List<Tensor> inputs) {
        Tensor h = SentenceVectors.normalised(inputs.getFirst());
        return switch (expected.get("name").asText()) {
            case "labels" ->
                ContrastiveLoss.labelAlignment(
                        h, longs(expected.get("classes")), expected.get("tau").asDouble());
            case "meanings" ->
                ContrastiveLoss.semanticAlignment(
                        h,
                        expected.get("translations").asInt(),
                        expected.get("tau").asDouble());
            default ->
                ContrastiveLoss.ranking(
                        h,
                        SentenceVectors.normalised(inputs.get(1)),
                        expected.get("margin").asDouble(),
                        expected.get("scale").asDouble());
        };
    }

    private static void assertClose(double[] found, double[] wanted) {
        double largest = 0;
        for (double each : wanted) largest = Math.max(largest, Math.abs(each));
        for (int i = 0; i < wanted.length; i++)
            assertThat(found[i]).isCloseTo(wanted[i], within(1e-4 * Math.max(Math.abs(wanted[i]), 1e-2 * largest)));
    }

    @Test
    void a_class_of_one_and_a_batch_of_one_have_nothing_to_be_near() {
        try (Scope scope = Scope.open()) {
            Tensor h = SentenceVectors.normalised(Tensor.of(new float[] {1, 2, 3, -1, 0, 1}, 2, 3));

            assertThat(ContrastiveLoss.labelAlignment(h, new long[] {0, 1}, 0.3).toDouble())
                    .isZero();
            assertThat(ContrastiveLoss.labelAlignment(h.slice(0, 0, 1), new long[] {0}, 0.3)
                            .toDouble())
                    .isZero();
        }
    }

    @Test
    void classes_under_other_names_give_the_same_loss() {
        try (Scope scope = Scope.open()) {
            Tensor h = SentenceVectors.normalised(Tensor.of(new float[] {1, 2, 3, -1, 0, 1, 2, 2, -1, 0, 1, 0}, 4, 3));

            assertThat(ContrastiveLoss.labelAlignment(h, new long[] {0, 1, 0, 1}, 0.3)
                            .toDouble())
                    .isEqualTo(ContrastiveLoss.labelAlignment(h, new long[] {7, 2, 7, 2}, 0.3)
                            .toDouble());
        }
    }

    @Test
    void a_vector_of_zeros_stays_one_and_has_no_gradient() {
        try (Scope scope = Scope.open();
                GradMode recording = GradMode.enabled()) {
            Tensor zeros = Tensor.zeros(2, 3).asInput();
            Tensor h = SentenceVectors.normalised(zeros);

            assertThat(h.toDoubles()).containsOnly(0.0);
            assertThat(Gradients.of(h.sum(), List.of(zeros), false).getFirst().allFinite())
                    .isTrue();
        }
    }

    private static Tensor tensor(JsonNode rows) {
        double[] values = flat(rows);
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) floats[i] = (float) values[i];
        return Tensor.of(floats, rows.size(), rows.get(0).size());
    }

    private static double[] flat(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .flatMap(row -> StreamSupport.stream(row.spliterator(), false))
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}
