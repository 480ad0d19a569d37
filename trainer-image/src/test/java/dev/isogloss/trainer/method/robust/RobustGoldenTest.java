package dev.isogloss.trainer.method.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialPerturbation;
import dev.isogloss.api.method.AdversarialTraining;
import dev.isogloss.api.method.Ear;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.RandomizedSmoothing;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.task.ClassifierHead;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole losses of robust trainings and their gradients by parts of the model from the word table to the head, beside
/// transformers and torch's autograd in double; `src/test/python/robust_golden.py` made the numbers.
///
/// In single precision all is as a training computes it. In double the weights are the same numbers as float64, and so
/// is everything that is computed from them: embeddings, fused and spelt-out layers, head, all terms, gradients. Only
/// noise is drawn as float32, on both sides.
class RobustGoldenTest {
    private static final LabelSet LABELS = new LabelSet(List.of("a", "b", "c"));

    private static final List<Item> TEXTS =
            List.of(item(0, 2, 4, 5, 7, 9, 11, 4, 2, 8), item(1, 0, 0, 9, 3, 44), item(2, 1, 2, 6, 6, 12, 50, 51));

    private static final List<Item> COPIES =
            List.of(item(0, 2, 5, 5, 8, 9, 11, 12, 4, 2, 8, 3), item(1, 0, 0, 9, 3, 44), item(2, 1, 2, 6, 7, 12));

    /// What a batch is filled up to where padding is compared, as the script does.
    private static final int WIDTH = 12;

    /// @param second where the second text begins, or 0
    private static Item item(int example, int target, int second, int... ids) {
        int[] types = IntStream.range(0, ids.length)
                .map(i -> second > 0 && i >= second ? 1 : 0)
                .toArray();
        return new Item(example, ids, types, new int[] {0}, 0, new int[] {target});
    }

    static Stream<Arguments> cases() throws IOException {
        try (var in = RobustGoldenTest.class.getResourceAsStream("robust.json")) {
            JsonNode golden = new ObjectMapper().readTree(Objects.requireNonNull(in));
            assertThat(golden.get("cases")).hasSize(26);
            List<Arguments> all = new ArrayList<>();
            golden.get("cases").forEach(expected -> {
                String encoder = expected.get("encoder").asText();
                all.add(Arguments.of(
                        encoder + " " + expected.get("name").asText(),
                        expected,
                        golden.get("heads").get(encoder)));
            });
            return all.stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void in_single_precision_a_loss_and_its_gradients_are_those_of_torch(String name, JsonNode expected, JsonNode head)
            throws Exception {
        try (Model model = model(expected, head)) {
            requireSame(model, expected, 1e-6, 1e-4, 1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void in_double_precision_they_are_so_to_many_more_digits(String name, JsonNode expected, JsonNode head)
            throws Exception {
        try (Model model = model(expected, head)) {
            widen(model.encoder().parameters());
            widen(model.headWeights());

            requireSame(model, expected, 1e-9, 1e-6, 1e-6);
        }
    }

    private static void widen(Parameters weights) {
        try (Scope _ = Scope.open()) {
            for (String name : List.copyOf(weights.names()))
                weights.put(name, weights.get(name).asDouble());
        }
    }

    /// @param ofValue    how far the value may be off, relative to itself
    /// @param ofGradient how far each number of a gradient may be off, relative to itself
    /// @param least      what a number of a gradient counts as at least, for there are zeros among them
    private static void requireSame(Model model, JsonNode expected, double ofValue, double ofGradient, double least) {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.enabled()) {
            List<String> parts = new ArrayList<>();
            expected.get("gradients").fieldNames().forEachRemaining(parts::add);
            List<Tensor> weights = parts.stream()
                    .map(part -> Objects.requireNonNull(model.trainable().get(part), part))
                    .toList();

            Tensor loss = loss(model, expected.get("name").asText().split(" "));

            double wanted = expected.get("value").asDouble();
            assertThat(loss.toDouble()).isCloseTo(wanted, within(ofValue * wanted));
            List<Tensor> gradients = Gradients.of(loss, weights, false);
            for (int i = 0; i < parts.size(); i++) {
                double[] ours = gradients.get(i).toDoubles();
                double[] theirs = numbers(expected.get("gradients").get(parts.get(i)));
                for (int n = 0; n < ours.length; n++)
                    assertThat(ours[n])
                            .as("%s, %d", parts.get(i), n)
                            .isCloseTo(theirs[n], within(ofGradient * Math.max(least, Math.abs(theirs[n]))));
            }
        }
    }

    private static Tensor loss(Model model, String[] words) {
        FineTune settings = SettingsReader.of(FineTune.class, "{batchSize: 3, dropout: 0}");
        AuxiliaryObjective objective = objective(
                words,
                SupervisedLoss.of(
                        model, settings, Precision.Float32, List.of(words).contains("Padded") ? WIDTH : 0));
        List<Item> items = words[0].equals("copies") ? COPIES : TEXTS;
        FineTuning training = new FineTuning(model, List.of(items), settings, Precision.Float32, 1, objective);
        return training.objectives(0).getFirst().parts().getFirst().loss().get();
    }

    private static AuxiliaryObjective objective(String[] words, SupervisedLoss head) {
        return switch (words[0]) {
            case "ear" -> {
                Ear ear = SettingsReader.of(
                        Ear.class,
                        "{push: %s, pull: %s, cells: %s, reduction: %s, layer: %s, pushWeight: %s, pullWeight: %s%s}"
                                .formatted(
                                        words[1],
                                        words[2],
                                        words[3],
                                        words[4],
                                        words[5],
                                        words[6],
                                        words[7],
                                        words.length > 8 ? ", noise: " + words[8] : ""));
                yield new EarLoss(ear.resolved(), COPIES, head, 1);
            }
            case "smoothing" ->
                new SmoothingNoise(
                        SettingsReader.of(
                                RandomizedSmoothing.class,
                                "{distribution: %s, noise: %s}".formatted(words[1], words[2])),
                        1);
            case "copies" -> AuxiliaryObjective.NONE;
            case "adv" ->
                new AdversarialAscent(
                        settings("{radius: %s, steps: %s, stepSize: %s, clean: %s}"
                                .formatted(words[1], words[2], words[3], words[4].toLowerCase())),
                        head);
            case "fgm" ->
                new WordTableStep(
                        settings("{perturb: WordTable, steps: 1, radius: %s, clean: %s}"
                                .formatted(words[1], words[2].toLowerCase())),
                        head);
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static AdversarialPerturbation settings(String yaml) {
        return SettingsReader.of(AdversarialTraining.class, yaml).resolved().perturbation();
    }

    private static Model model(JsonNode expected, JsonNode drawn) throws URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(RobustGoldenTest.class.getResource("/dev/isogloss/trainer/encoder/golden/"
                                + expected.get("encoder").asText()))
                        .toURI());
        Encoder encoder = Encoder.load(folder);
        ClassifierHead head = new ClassifierHead(Head.Pooled, false);
        Parameters weights = new Parameters();
        int hidden = encoder.config().hidden();
        try (Scope _ = Scope.open()) {
            drawn.properties().forEach(part -> {
                double[] numbers = numbers(part.getValue());
                float[] floats = new float[numbers.length];
                for (int i = 0; i < floats.length; i++) floats[i] = (float) numbers[i];
                weights.put(
                        part.getKey(),
                        part.getKey().endsWith("weight")
                                ? Tensor.of(floats, floats.length / hidden, hidden)
                                : Tensor.of(floats, floats.length));
            });
        }
        return new Model(encoder, head, weights, LABELS, "");
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = list.get(i).asDouble();
        return numbers;
    }
}
