package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.task.Parser;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
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
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parser's loss, gradients and trees beside torch's in double; `src/test/python/parser_golden.py` made the
/// numbers.
class BiaffineGoldenTest {
    private static JsonNode golden;

    @BeforeAll
    static void read() throws IOException {
        Engine.start(1, Device.ofThisProcess(), true);
        try (var in = BiaffineGoldenTest.class.getResourceAsStream("parser.json")) {
            golden = new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }

    private static int size(String name) {
        return golden.get(name).asInt();
    }

    private static BiaffineHead head(JsonNode one) {
        Parser.Root root = one.get("rooted").asBoolean() ? Parser.Root.Scored : Parser.Root.Unscored;
        return new BiaffineHead(false, new Parser(size("arc"), size("relation"), 0, root));
    }

    @ParameterizedTest
    @CsvSource({"true,1e-9,1e-6", "false,1e-6,1e-4"})
    void loss_and_gradients_are_those_of_torch(boolean wide, double value, double gradient) {
        assertThat(golden.get("cases")).hasSize(6);
        for (JsonNode one : golden.get("cases"))
            try (Encoder encoder = encoder();
                    Scope _ = Scope.open();
                    GradMode _ = GradMode.enabled();
                    Parameters weights = new Parameters()) {
                Tensor states = states(one, wide);
                List<Tensor> inputs = new ArrayList<>(List.of(states));
                inputs.addAll(put(one, weights, wide));

                Tensor loss = head(one)
                        .loss(
                                encoder,
                                weights,
                                output(states, batch(one)),
                                batch(one),
                                Criterion.CROSS_ENTROPY,
                                Dropout.none());

                String name = one.get("name").asText();
                double expected = one.get("value").asDouble();
                assertThat(loss.toDouble()).as(name).isCloseTo(expected, within(value * Math.max(1, expected)));
                List<Tensor> gradients = Gradients.of(loss, inputs, false);
                for (int i = 0; i < inputs.size(); i++)
                    assertThat(gradients.get(i).toDoubles())
                            .as("%s: input %d", name, i)
                            .containsExactly(numbers(one.get("gradients").get(i)), within(gradient));
            }
    }

    @Test
    void the_trees_are_the_best_of_all_that_torch_s_probabilities_allow() {
        LabelSet labels = new LabelSet(
                IntStream.range(0, size("labels")).mapToObj(i -> "r" + i).toList());
        for (JsonNode one : golden.get("cases"))
            try (Encoder encoder = encoder();
                    Scope _ = Scope.open();
                    Parameters weights = new Parameters()) {
                Tensor states = states(one, false);
                put(one, weights, false);
                Batch batch = batch(one);

                List<float[][]> outputs = head(one)
                        .outputs(encoder, weights, output(states, batch), batch)
                        .read();
                List<Prediction> predictions =
                        new ParsingTask(head(one).parser()).predictions(split(one), items(one), outputs, labels);

                List<List<String>> expected = new ArrayList<>();
                for (JsonNode tree : one.get("trees")) {
                    List<String> words = new ArrayList<>();
                    tree.forEach(arc ->
                            words.add(arc.get(0).asInt() + ":r" + arc.get(1).asInt()));
                    expected.add(words);
                }
                assertThat(predictions.stream().map(Prediction::predicted).toList())
                        .as(one.get("name").asText())
                        .isEqualTo(expected);
            }
    }

    private static Encoder encoder() {
        return Encoder.fresh(EncoderConfig.tiny(EncoderFamily.BERT, 90, 0), RandomStream.of(1, "encoder"));
    }

    private static EncoderOutput output(Tensor states, Batch batch) {
        return new EncoderOutput(batch.tokens(), states, List.of(), List.of(), states);
    }

    private static Tensor states(JsonNode one, boolean wide) {
        int most = 0;
        for (JsonNode length : one.get("lengths")) most = Math.max(most, length.asInt());
        return tensor(one.get("states"), wide, (long) one.get("lengths").size() * most, size("hidden"));
    }

    /// @return the weights in the order of the gradients
    private static List<Tensor> put(JsonNode one, Parameters into, boolean wide) {
        long hidden = size("hidden");
        long arc = size("arc");
        long relation = size("relation");
        long labels = size("labels");
        List<Tensor> all = new ArrayList<>();
        one.get("weights").fields().forEachRemaining(field -> {
            long[] shape =
                    switch (field.getKey()) {
                        case "arc.dependent.weight", "arc.head.weight" -> new long[] {arc, hidden};
                        case "arc.dependent.bias", "arc.head.bias" -> new long[] {arc};
                        case "arc.bilinear" -> new long[] {arc + 1, arc + 1};
                        case "arc.bias" -> new long[] {1};
                        case "relation.dependent.weight", "relation.head.weight" -> new long[] {relation, hidden};
                        case "relation.dependent.bias", "relation.head.bias" -> new long[] {relation};
                        case "relation.bilinear" -> new long[] {labels, relation, relation};
                        case "relation.bias" -> new long[] {labels};
                        default -> throw new IllegalArgumentException(field.getKey());
                    };
            into.put("classifier." + field.getKey(), tensor(field.getValue(), wide, shape));
            all.add(into.get("classifier." + field.getKey()));
        });
        return all;
    }

    private static Tensor tensor(JsonNode flat, boolean wide, long... shape) {
        double[] numbers = numbers(flat);
        if (wide) return Tensor.of(numbers, shape).asInput();
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) numbers[i];
        return Tensor.of(floats, shape).asInput();
    }

    private static double[] numbers(JsonNode flat) {
        double[] numbers = new double[flat.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = flat.get(i).asDouble();
        return numbers;
    }

    private static Batch batch(JsonNode one) {
        return Batch.of(items(one), 0, 1); // filled up, as the script's states are
    }

    private static List<Item> items(JsonNode one) {
        List<Item> items = new ArrayList<>();
        boolean rooted = one.get("rooted").asBoolean();
        for (int row = 0; row < one.get("sentences").size(); row++) {
            JsonNode sentence = one.get("sentences").get(row);
            int[] positions = new int[sentence.size()];
            int[] targets = new int[sentence.size()];
            for (int i = 0; i < positions.length; i++) {
                JsonNode arc = sentence.get(i).get(1);
                positions[i] = sentence.get(i).get(0).asInt();
                boolean unknown = arc.isNull() || arc.get(0).asInt() == 0 && !rooted;
                targets[i] = unknown
                        ? Item.UNLABELLED
                        : new Arc(arc.get(0).asInt(), arc.get(1).asInt()).packed(size("labels"));
            }
            int length = one.get("lengths").get(row).asInt();
            items.add(new Item(row, new int[length], new int[length], positions, 0, targets));
        }
        return items;
    }

    /// Sentences of as many words, whose own trees are never looked at.
    private static Split split(JsonNode one) {
        List<dev.isogloss.trainer.data.Example> sentences = new ArrayList<>();
        for (JsonNode sentence : one.get("sentences")) {
            int words = sentence.size();
            sentences.add(new ParsedExample(
                    "s",
                    Collections.nCopies(words, "w"),
                    Collections.nCopies(words, "X"),
                    Collections.nCopies(words, 0),
                    Collections.nCopies(words, "r0")));
        }
        return new Split(
                "en",
                "test",
                sentences,
                Collections.nCopies(sentences.size(), 1),
                new SourceFile("en/test.conllu", Path.of("en/test.conllu"), "0".repeat(64), 0),
                List.of());
    }
}
