package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.method.adversarial.AdversarialAlignment;
import dev.isogloss.trainer.method.distill.Distillation;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers of PyTorch in double precision; `src/test/python/adaptation_golden.py` made them.
class AdaptationGoldenTest {
    private final JsonNode golden = golden();
    private Scope scope;

    private static JsonNode golden() {
        try (var in = AdaptationGoldenTest.class.getResourceAsStream("adaptation.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void the_difference_between_student_and_teacher_is_that_of_pytorch() {
        for (JsonNode expected : golden.get("distillation"))
            try (GradMode _ = GradMode.enabled()) {
                double tau = expected.get("tau").asDouble();
                Tensor student = matrix(expected.get("student")).asInput();
                Tensor loss = Distillation.difference(student, matrix(expected.get("tempered")), tau);

                assertThat(loss.toDouble()).isCloseTo(expected.get("loss").asDouble(), within(1e-12));
                assertThat(Gradients.of(loss, List.of(student), false)
                                .getFirst()
                                .toDoubles())
                        .containsExactly(matrix(expected.get("gradient")).toDoubles(), within(1e-12));
            }
    }

    @Test
    void the_whole_loss_of_a_distillation_counts_the_sources_labels_alone() {
        for (JsonNode expected : golden.get("whole"))
            try (GradMode _ = GradMode.enabled()) {
                Tensor student = matrix(expected.get("student")).asInput();
                long[] labels = IntStream.range(0, expected.get("labels").size())
                        .mapToLong(i -> expected.get("labels").get(i).asLong())
                        .toArray();
                Tensor loss = Distillation.loss(
                        student,
                        matrix(expected.get("tempered")),
                        Tensor.of(labels, labels.length),
                        3,
                        expected.get("alpha").asDouble());

                assertThat(loss.toDouble()).isCloseTo(expected.get("loss").asDouble(), within(1e-9));
                assertThat(Gradients.of(loss, List.of(student), false)
                                .getFirst()
                                .toDoubles())
                        .containsExactly(matrix(expected.get("gradient")).toDoubles(), within(1e-9));
            }
    }

    @Test
    void probabilities_are_tempered_without_their_logits() {
        for (JsonNode expected : golden.get("distillation")) {
            float[][] teacher = floats(expected.get("teacher"));
            float[][] tempered = floats(expected.get("tempered"));

            float[][] ours = Distillation.tempered(teacher, expected.get("tau").asDouble());

            for (int i = 0; i < ours.length; i++) assertThat(ours[i]).containsExactly(tempered[i], within(1e-6f));
        }
    }

    @Test
    void the_discriminators_loss_is_that_of_pytorch() {
        for (JsonNode expected : golden.get("adversarial"))
            try (GradMode _ = GradMode.enabled()) {
                Tensor yes = vector(expected.get("yes")).asInput();
                Tensor no = vector(expected.get("no")).asInput();
                Tensor loss = AdversarialAlignment.loss(yes, no);

                assertThat(loss.toDouble()).isCloseTo(expected.get("loss").asDouble(), within(1e-12));
                List<Tensor> gradients = Gradients.of(loss, List.of(yes, no), false);
                for (int i = 0; i < 2; i++)
                    assertThat(gradients.get(i).toDoubles())
                            .containsExactly(
                                    vector(expected.get("gradients").get(i)).toDoubles(), within(1e-12));
            }
    }

    private static Tensor vector(JsonNode node) {
        double[] values = IntStream.range(0, node.size())
                .mapToDouble(i -> node.get(i).asDouble())
                .toArray();
        return Tensor.of(values, values.length);
    }

    private static Tensor matrix(JsonNode node) {
        double[] values = IntStream.range(0, node.size() * node.get(0).size())
                .mapToDouble(i -> node.get(i / node.get(0).size())
                        .get(i % node.get(0).size())
                        .asDouble())
                .toArray();
        return Tensor.of(values, node.size(), node.get(0).size());
    }

    private static float[][] floats(JsonNode node) {
        return IntStream.range(0, node.size())
                .mapToObj(i -> {
                    float[] row = new float[node.get(i).size()];
                    for (int j = 0; j < row.length; j++)
                        row[j] = (float) node.get(i).get(j).asDouble();
                    return row;
                })
                .toArray(float[][]::new);
    }
}
