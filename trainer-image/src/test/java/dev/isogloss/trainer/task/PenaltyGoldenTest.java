package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.method.FineTune.PenaltyOver;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The confidence penalty beside torch's autograd in double; `src/test/python/penalty_golden.py` made the numbers.
class PenaltyGoldenTest {

    /// Numbers of one width, and how near they must come.
    private enum Width {
        Single(1e-6, 1e-4),
        Double(1e-12, 1e-12);

        private final double value;
        private final double gradient;

        Width(double value, double gradient) {
            this.value = value;
            this.gradient = gradient;
        }

        Tensor input(JsonNode flat, long... shape) {
            double[] numbers = numbers(flat);
            if (this == Double) return Tensor.of(numbers, shape).asInput();
            float[] floats = new float[numbers.length];
            for (int i = 0; i < floats.length; i++) floats[i] = (float) numbers[i];
            return Tensor.of(floats, shape).asInput();
        }

        void requireEqual(JsonNode expected, Tensor value, List<Tensor> inputs) {
            String name = expected.get("name").asText();
            double wanted = expected.get("value").asDouble();
            assertThat(value.toDouble()).as(name).isCloseTo(wanted, within(wanted, this.value));
            List<Tensor> gradients = Gradients.of(value, inputs, false);
            for (int input = 0; input < inputs.size(); input++) {
                double[] found = gradients.get(input).toDoubles();
                double[] right = numbers(expected.get("gradients").get(input));
                assertThat(found).as(name).hasSameSizeAs(right);
                for (int i = 0; i < found.length; i++)
                    assertThat(found[i])
                            .as("%s: gradient of input %d at %d", name, input, i)
                            .isCloseTo(right[i], within(right[i], this.gradient));
            }
        }

        /// Relative to what is greater than one.
        private static Offset<Double> within(double of, double share) {
            return org.assertj.core.api.Assertions.within(share * Math.max(1, Math.abs(of)));
        }
    }

    @BeforeAll
    static void engine() {
        Engine.start(1, Device.ofThisProcess(), true);
    }

    private static JsonNode golden(String part) throws IOException {
        try (var in = PenaltyGoldenTest.class.getResourceAsStream("penalty.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in)).get(part);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_negative_entropy_and_its_gradient_are_those_of_torch_for_usual_and_extreme_scores(Width width)
            throws IOException {
        JsonNode cases = golden("rows");
        assertThat(cases).hasSize(8);
        for (JsonNode expected : cases)
            try (Scope _ = Scope.open();
                    GradMode _ = GradMode.enabled()) {
                JsonNode shape = expected.get("shape");
                Tensor logits = width.input(
                        expected.get("logits"),
                        shape.get(0).asLong(),
                        shape.get(1).asLong());

                width.requireEqual(expected, Losses.negativeEntropy(logits), List.of(logits));
            }
    }

    @ParameterizedTest
    @EnumSource
    void the_loss_of_a_tagger_with_a_penalty_has_the_value_and_gradients_of_torch(Width width) throws IOException {
        JsonNode cases = golden("heads");
        assertThat(cases).hasSize(8);
        EncoderConfig config = EncoderConfig.tiny(EncoderFamily.BERT, 90, 0);
        try (Encoder encoder = Encoder.fresh(config, RandomStream.of(1, "encoder"))) {
            for (JsonNode expected : cases)
                try (Scope _ = Scope.open();
                        GradMode _ = GradMode.enabled();
                        Parameters weights = new Parameters()) {
                    Batch batch = Batch.of(items(expected), 0, 1); // filled up, as the script's states are
                    int labels = expected.get("labels").asInt();
                    long wide = batch.tokens().width();
                    int rows = batch.tokens().texts();
                    long hidden = expected.get("states").size() / (rows * wide);
                    Tensor states = width.input(expected.get("states"), rows * wide, hidden);
                    weights.put("classifier.weight", width.input(expected.get("matrix"), labels, hidden));
                    weights.put("classifier.bias", width.input(expected.get("bias"), labels));

                    width.requireEqual(
                            expected,
                            loss(expected, encoder, batch, states, weights),
                            List.of(states, weights.get("classifier.weight"), weights.get("classifier.bias")));
                }
        }
    }

    private static Tensor loss(JsonNode expected, Encoder encoder, Batch batch, Tensor states, Parameters weights) {
        Criterion criterion = new Criterion(
                expected.get("smoothing").asDouble(),
                expected.get("weight").asDouble(),
                PenaltyOver.valueOf(expected.get("over").asText()));
        return new ClassifierHead(Head.Token, false)
                .loss(
                        encoder,
                        weights,
                        new EncoderOutput(batch.tokens(), states, List.of(), List.of(), states),
                        batch,
                        criterion,
                        Dropout.none());
    }

    private static List<Item> items(JsonNode expected) {
        List<Item> items = new ArrayList<>();
        for (JsonNode words : expected.get("words")) {
            int length = expected.get("lengths").get(items.size()).asInt();
            items.add(new Item(items.size(), new int[length], new int[length], column(words, 0), 0, column(words, 1)));
        }
        return items;
    }

    private static int[] column(JsonNode words, int number) {
        return IntStream.range(0, words.size())
                .map(i -> words.get(i).get(number).asInt())
                .toArray();
    }

    private static double[] numbers(JsonNode flat) {
        return StreamSupport.stream(flat.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
