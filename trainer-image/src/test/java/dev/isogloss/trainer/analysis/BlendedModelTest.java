package dev.isogloss.trainer.analysis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models whose weights are those of others in proportion.
class BlendedModelTest {
    private static final List<Item> ITEMS = TinyTransfer.words(TinyTransfer.source());

    private static ModelBlend blend(JsonNode golden) {
        double a = golden.get("a").asDouble();
        return switch (golden.get("kind").asText()) {
            case "source" -> ModelBlend.fromSource(a);
            case "target" -> ModelBlend.fromTarget(a);
            default -> ModelBlend.inPlane(a, golden.get("b").asDouble());
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.isogloss.trainer.analysis.InterpolationGolden#cases")
    void blends_are_those_of_numpy(String name, JsonNode golden) {
        try (Scope _ = Scope.open()) {
            List<Map<String, Tensor>> models = InterpolationGolden.models(golden);
            List<String> names = List.copyOf(models.getFirst().keySet());
            List<List<Tensor>> from = models.stream()
                    .map(model -> names.stream()
                            .map(weight -> requireNonNull(model.get(weight)))
                            .toList())
                    .toList();
            List<Tensor> into = from.getFirst().stream().map(Tensor::copy).toList();

            for (JsonNode each : golden.get("blends")) {
                BlendedModel.blend(into, from, blend(each));

                double[] values = into.stream()
                        .flatMapToDouble(weight -> Arrays.stream(weight.toDoubles()))
                        .toArray();
                double[] expected = InterpolationGolden.numbers(each.get("values"));
                assertThat(values).hasSameSizeAs(expected);
                for (int i = 0; i < values.length; i++)
                    assertThat(values[i]).isCloseTo(expected[i], within(1e-6 * (1 + Math.abs(expected[i]))));
            }
        }
    }

    /// The same encoder under another head, and a little moved.
    private static Model model(int seed) {
        Model model = TinyTransfer.model(Head.Token);
        try (Scope _ = Scope.open()) {
            model.trainable()
                    .values()
                    .forEach(weight ->
                            weight.assign(weight.plus(Tensor.of(noise(seed, weight.count()), weight.shape()))));
        }
        return model;
    }

    private static float[] noise(int seed, long count) {
        Random random = new Random(seed);
        float[] noise = new float[Math.toIntExact(count)];
        for (int i = 0; i < noise.length; i++) noise[i] = (float) (0.05 * random.nextGaussian());
        return noise;
    }

    private static List<Float> said(Model model) {
        List<Float> said = new ArrayList<>();
        for (float[][] item : Predictor.probabilities(model, ITEMS, Precision.Float32, _ -> {}))
            for (float[] unit : item) for (float probability : unit) said.add(probability);
        return said;
    }

    private static BlendedModel blended() {
        return BlendedModel.of(List.of(model(1), model(2), model(3)), ITEMS);
    }

    @Test
    void the_corners_say_what_the_three_models_say_bit_for_bit_however_they_are_reached() {
        List<ModelBlend> corners = List.of(ModelBlend.SOURCE, ModelBlend.TARGET, ModelBlend.BOTH);
        try (BlendedModel blended = blended()) {
            for (int i = 0; i < corners.size(); i++) {
                ModelBlend far = ModelBlend.inPlane(1.5, -0.3 * i);
                blended.blend(far, far);
                blended.blend(corners.get(i), corners.get(i));

                try (Model whole = model(i + 1)) {
                    assertThat(said(blended.model())).isEqualTo(said(whole));
                }
            }
        }
    }

    @Test
    void encoder_and_head_are_blended_apart() {
        try (BlendedModel blended = blended();
                Model source = model(1);
                Model both = model(3)) {
            blended.blend(ModelBlend.BOTH, ModelBlend.SOURCE);
            List<Float> mixed = said(blended.model());

            assertThat(mixed).isNotEqualTo(said(both));
            both.headWeights().names().forEach(name -> both.headWeights()
                    .get(name)
                    .assign(source.headWeights().get(name)));
            assertThat(mixed).isEqualTo(said(both));
        }
    }

    /// Logits of a head that is one linear map are, along a line of heads, those of its ends in proportion: the closed
    /// form of what stands on a line.
    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 0, 0.1, 0.5, 0.85, 1, 1.5})
    void a_linear_model_scores_along_the_line_as_its_closed_form(double alpha) {
        try (BlendedModel blended = blended();
                Scope _ = Scope.open()) {
            blended.blend(ModelBlend.SOURCE, ModelBlend.SOURCE);
            double[] start = logits(blended.model());
            blended.blend(ModelBlend.SOURCE, ModelBlend.BOTH);
            double[] end = logits(blended.model());
            blended.blend(ModelBlend.SOURCE, ModelBlend.fromSource(alpha));
            double[] between = logits(blended.model());

            int labels = blended.model().labels().size();
            double[] closed = new double[start.length];
            for (int i = 0; i < closed.length; i++) closed[i] = alpha * end[i] + (1 - alpha) * start[i];
            assertThat(between).containsExactly(closed, within(2e-6));
            assertThat(accuracy(between, labels)).isEqualTo(accuracy(closed, labels));
        }
    }

    private static double[] logits(Model model) {
        return model.logits(model.batch(ITEMS), Dropout.none(), Precision.Float32)
                .toDoubles();
    }

    private static double accuracy(double[] logits, int labels) {
        List<Integer> gold = new ArrayList<>();
        for (Item item : ITEMS) for (int target : item.targets()) gold.add(target);
        int right = 0;
        for (int unit = 0; unit < gold.size(); unit++) {
            float[] row = new float[labels];
            for (int k = 0; k < labels; k++) row[k] = (float) logits[unit * labels + k];
            if (Prediction.argmax(row) == gold.get(unit)) right++;
        }
        return (double) right / gold.size();
    }
}
