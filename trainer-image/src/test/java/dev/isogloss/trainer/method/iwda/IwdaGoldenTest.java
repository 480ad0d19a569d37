package dev.isogloss.trainer.method.iwda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.method.Iwda.Projection;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.statistics.WeightProjection;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Numbers of PyTorch's autograd and of SciPy, in double precision; `src/test/python/iwda_golden.py` made them.
class IwdaGoldenTest {
    private static final JsonNode GOLDEN = golden();

    private Scope scope;

    private static JsonNode golden() {
        try (var in = IwdaGoldenTest.class.getResourceAsStream("golden.json")) {
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

    static Stream<JsonNode> programmes() {
        return list("programmes");
    }

    static Stream<JsonNode> projections() {
        return list("projections");
    }

    static Stream<JsonNode> losses() {
        return list("losses");
    }

    static Stream<JsonNode> trainings() {
        return list("trainings");
    }

    private static Stream<JsonNode> list(String name) {
        List<JsonNode> cases = new ArrayList<>();
        GOLDEN.get(name).forEach(cases::add);
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("programmes")
    void the_first_estimate_solves_the_quadratic_programme(JsonNode expected) {
        double[][] confusion = matrix(expected.get("confusion"));
        double[] prediction = doubles(expected.get("prediction"));
        double[] p = doubles(expected.get("p"));

        assertClose(InitialWeights.solve(confusion, prediction, p, false), expected.get("w"), 1e-9);
        assertClose(InitialWeights.solve(confusion, prediction, p, true), expected.get("transposed"), 1e-9);
        if (expected.get("noise").asDouble() == 0)
            assertClose(InitialWeights.solve(confusion, prediction, p, false), expected.get("truth"), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("projections")
    void both_projections_are_those_of_the_reference(JsonNode expected) {
        double[] v = doubles(expected.get("v"));
        double[] p = doubles(expected.get("p"));

        assertClose(WeightProjection.euclidean(v, p), expected.get("euclidean"), 1e-9);
        assertClose(WeightProjection.radial(v, p), expected.get("radial"), 1e-9);
    }

    /// Forward values and every gradient of one alignment: features of both languages (reversed) and the critic.
    @ParameterizedTest
    @MethodSource("losses")
    void an_alignment_has_the_values_and_gradients_of_autograd(JsonNode expected) {
        try (GradMode _ = GradMode.enabled()) {
            Tensor features = tensor(expected.get("features")).asInput();
            Tensor featuresTarget = tensor(expected.get("featuresTarget")).asInput();
            JsonNode weights = expected.get("critic");
            Critic critic = new Critic(
                    tensor(weights.get("hidden.weight")).asInput(),
                    tensor(weights.get("hidden.bias")).asInput(),
                    tensor(weights.get("out.weight")).asInput(),
                    tensor(weights.get("out.bias")).asInput());
            Alignment alignment =
                    switch (expected.get("distance").asText()) {
                        case "Wasserstein" -> new Wasserstein(critic);
                        case "JensenShannon" -> new JensenShannon(critic);
                        default -> new KernelMmd();
                    };
            Tensor cdan = ConditionedFeature.of(tensor(expected.get("logits")), features);
            double reversal = alignment.reversal(expected.get("lambda").asDouble());
            Tensor z = cdan.reverseGradient(reversal);
            Tensor zPrime = ConditionedFeature.of(tensor(expected.get("logitsTarget")), featuresTarget)
                    .reverseGradient(reversal);

            Tensor align = alignment.loss(z, weightOf(expected), zPrime);
            Tensor penalty = critic.penalty(Critic.between(z, zPrime, tensor(expected.get("u"))));

            assertClose(cdan.toDoubles(), flat(expected.get("cdan")), 1e-12);
            assertThat(align.toDouble()).isCloseTo(expected.get("align").asDouble(), within(1e-9));
            assertThat(penalty.toDouble()).isCloseTo(expected.get("penalty").asDouble(), within(1e-9));
            boolean withCritic = !(alignment instanceof KernelMmd);
            Tensor total =
                    withCritic ? align.plus(penalty.times(expected.get("mu").asDouble())) : align;
            List<Tensor> inputs = withCritic
                    ? List.of(features, featuresTarget, critic.w1(), critic.b1(), critic.w2(), critic.b2())
                    : List.of(features, featuresTarget);
            List<String> names =
                    List.of("features", "featuresTarget", "hidden.weight", "hidden.bias", "out.weight", "out.bias");
            List<Tensor> gradients = Gradients.of(total, inputs, false);
            for (int i = 0; i < inputs.size(); i++)
                assertClose(
                        gradients.get(i).toDoubles(),
                        flat(expected.get("gradients").get(names.get(i))),
                        1e-9);
        }
    }

    private static Tensor weightOf(JsonNode expected) {
        double a = expected.get("a").asDouble();
        double[] w = doubles(expected.get("w"));
        double[] each = IntStream.range(0, expected.get("labels").size())
                .mapToDouble(i -> a * w[expected.get("labels").get(i).asInt()] + 1 - a)
                .toArray();
        return Tensor.of(each, each.length);
    }

    /// What a second backward pass gives, taken here: torch.grad with a graph, and through it again.
    @Test
    void the_closed_form_of_the_penalty_is_what_a_second_backward_pass_gives() {
        for (JsonNode expected : list("losses").toList())
            try (GradMode _ = GradMode.enabled()) {
                JsonNode weights = expected.get("critic");
                Critic critic = new Critic(
                        tensor(weights.get("hidden.weight")).asInput(),
                        tensor(weights.get("hidden.bias")).asInput(),
                        tensor(weights.get("out.weight")).asInput(),
                        tensor(weights.get("out.bias")).asInput());
                Tensor points = tensor(expected.get("cdan")).asInput();
                List<Tensor> parameters = List.of(critic.w1(), critic.w2());

                Tensor gradient = Gradients.of(critic.score(points).sum(), List.of(points), true)
                        .getFirst();
                Tensor twice = gradient.square().sum(1, false).mean();
                Tensor closed = critic.penalty(points.detach());

                assertThat(closed.toDouble()).isCloseTo(twice.toDouble(), within(1e-12));
                List<Tensor> wanted = Gradients.of(twice, parameters, false);
                List<Tensor> given = Gradients.of(closed, parameters, false);
                for (int i = 0; i < parameters.size(); i++)
                    assertThat(given.get(i).toDoubles())
                            .containsExactly(wanted.get(i).toDoubles(), within(1e-12));
            }
    }

    /// Forty updates of the weights: statistics, loss, gradient, AdamW with decay, projection.
    @ParameterizedTest
    @MethodSource("trainings")
    void the_weights_go_the_way_of_the_reference(JsonNode expected) {
        double[] p = doubles(expected.get("p"));
        double[] w0 = doubles(expected.get("w0"));
        JsonNode batches = expected.get("batches");
        LearningRate rate = new LearningRate(
                expected.get("rate").asDouble(),
                Schedule.valueOf(expected.get("schedule").asText()),
                0,
                batches.size());
        try (RunningConfusion statistics = new RunningConfusion(
                        p.length, expected.get("statisticsRate").asDouble());
                ClassWeights weights = new ClassWeights(
                        p, Projection.valueOf(expected.get("projection").asText()), true)) {
            weights.begin(w0);
            statistics.begin(p, w0, expected.get("swapped").asBoolean());
            Tensor m = Tensor.zeros(p.length);
            Tensor v = Tensor.zeros(p.length);
            Tensor step = Tensor.zeros();
            for (int i = 0; i < batches.size(); i++) {
                weights.project();
                JsonNode batch = batches.get(i);
                statistics.source(longs(batch.get("predicted")), longs(batch.get("gold")));
                statistics.target(longs(batch.get("target")));
                Tensor loss = GradMode.with(() -> weights.loss(statistics.confusion(), statistics.prediction()));
                Tensor gradient =
                        Gradients.of(loss, List.of(weights.moved()), false).getFirst();
                assertThat(loss.toDouble())
                        .isCloseTo(
                                expected.get("losses").get(i).asDouble(),
                                within(1e-6
                                        * Math.max(
                                                0.01,
                                                expected.get("losses").get(i).asDouble())));
                assertClose(gradient.toDoubles(), flat(expected.get("gradients").get(i)), 1e-4);
                Kernels.adamw(
                        List.of(weights.moved()),
                        List.of(gradient),
                        List.of(m),
                        List.of(v),
                        List.of(step),
                        rate.at(i),
                        0.9,
                        0.999,
                        expected.get("decay").asDouble(),
                        1e-8,
                        Tensor.zeros());
            }
            assertClose(statistics.confusion().toDoubles(), flat(expected.get("confusion")), 1e-6);
            assertClose(statistics.prediction().toDoubles(), flat(expected.get("prediction")), 1e-6);
            weights.project();
            assertClose(weights.current().toDoubles(), expected.get("w"), 1e-6);
        }
    }

    private static void assertClose(double[] actual, JsonNode expected, double relative) {
        assertClose(actual, doubles(expected), relative);
    }

    /// Relative to the greatest of the numbers.
    private static void assertClose(double[] actual, double[] expected, double relative) {
        double scale = 0;
        for (double each : expected) scale = Math.max(scale, Math.abs(each));
        assertThat(actual).containsExactly(expected, within(relative * scale + 1e-300));
    }

    private static Tensor tensor(JsonNode node) {
        double[] values = flat(node);
        return node.get(0).isArray()
                ? Tensor.of(values, node.size(), node.get(0).size())
                : Tensor.of(values, node.size());
    }

    private static double[] flat(JsonNode node) {
        List<Double> values = new ArrayList<>();
        node.forEach(each -> {
            if (each.isArray()) each.forEach(inner -> values.add(inner.asDouble()));
            else values.add(each.asDouble());
        });
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] doubles(JsonNode node) {
        return flat(node);
    }

    private static double[][] matrix(JsonNode node) {
        return IntStream.range(0, node.size()).mapToObj(i -> flat(node.get(i))).toArray(double[][]::new);
    }

    private static Tensor longs(JsonNode node) {
        long[] values = IntStream.range(0, node.size())
                .mapToLong(i -> node.get(i).asLong())
                .toArray();
        return Tensor.of(values, values.length);
    }
}
