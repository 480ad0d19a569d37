package dev.isogloss.trainer.method.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the three steps of an update descend, and what they move.
class AdversarialAlignmentTest {

    /// L_D = −mean log D(source) − mean log(1 − D(target)), and the languages exchanged for L_G; D = σ(w·h + b) of one
    /// text at a time, in doubles.
    @Test
    void the_discriminator_tells_languages_apart_and_the_generator_takes_one_for_the_other() {
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, "{batchSize: 20, dropout: 0}");
                Scope _ = Scope.open()) {
            Map<String, Tensor> d = method.groups().get(1).parameters();
            double[] own = scores(model, d, TinyTransfer.source());
            double[] other = scores(model, d, TinyTransfer.target());

            List<Tensor> losses = method.objectives(0).stream()
                    .map(objective -> GradMode.with(
                            () -> objective.parts().getFirst().loss().get()))
                    .toList();

            assertThat(losses.get(1).toDouble()).isCloseTo(meanLog(own, 1) + meanLog(other, -1), within(1e-5));
            assertThat(losses.get(2).toDouble()).isCloseTo(meanLog(own, -1) + meanLog(other, 1), within(1e-5));
            List<Tensor> encoder = List.of(model.encoder().parameters().get("embeddings.word_embeddings.weight"));
            assertThat(Gradients.of(losses.get(1), encoder, false).getFirst().toFloats())
                    .as("the discriminator does not move the encoder")
                    .containsOnly(0);
            assertThat(Gradients.of(losses.get(2), encoder, false)
                            .getFirst()
                            .square()
                            .sum()
                            .toDouble())
                    .isPositive();
        }
    }

    /// Of each text w·h + b.
    private static double[] scores(Model model, Map<String, Tensor> d, List<Item> texts) {
        double[] w = d.get("score.weight").toDoubles();
        double b = d.get("score.bias").toDoubles()[0];
        return texts.stream()
                .mapToDouble(text -> {
                    double[] h = model.encoder()
                            .encode(
                                    model.batch(List.of(text)).tokens(),
                                    OutputRequest.first(),
                                    Dropout.none(),
                                    Precision.Float32)
                            .first()
                            .toDoubles();
                    double score = b;
                    for (int i = 0; i < w.length; i++) score += w[i] * h[i];
                    return score;
                })
                .toArray();
    }

    /// −mean log σ(±score).
    private static double meanLog(double[] scores, int sign) {
        return Arrays.stream(scores)
                .map(score -> Math.log(1 + Math.exp(-sign * score)))
                .average()
                .orElseThrow();
    }

    @Test
    void each_of_the_three_trains_what_its_loss_reads() {
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, "{frozenTaskLayers: 1}")) {
            List<ParameterGroup> groups = method.groups();

            assertThat(groups.get(0).parameters().keySet())
                    .contains("classifier.weight", "pooler.dense.weight", "encoder.layer.1.output.dense.weight")
                    .noneMatch(name -> name.startsWith("encoder.layer.0.") || name.startsWith("embeddings."));
            assertThat(groups.get(1).parameters().keySet()).containsExactly("score.weight", "score.bias");
            assertThat(groups.get(2).parameters().keySet())
                    .contains("embeddings.word_embeddings.weight", "encoder.layer.0.output.dense.weight")
                    .noneMatch(name -> name.startsWith("classifier.") || name.startsWith("pooler."));
        }
    }

    /// Of 32 numbers within ±1/√32 the greatest and the least are most likely beyond half of that.
    @Test
    void the_discriminator_begins_as_a_linear_layer_of_pytorch_does() {
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, "{}")) {
            double bound = 1 / Math.sqrt(32);
            double[] weights =
                    method.groups().get(1).parameters().get("score.weight").toDoubles();

            assertThat(Arrays.stream(weights).max().orElseThrow()).isBetween(bound / 2, bound);
            assertThat(Arrays.stream(weights).min().orElseThrow()).isBetween(-bound, -bound / 2);
        }
    }

    private static AdversarialAlignment method(Model model, String yaml) {
        AdversarialAlign given = SettingsReader.of(AdversarialAlign.class, yaml);
        return new AdversarialAlignment(
                model,
                TinyTransfer.source(),
                new UnlabelledItems(TinyTransfer.target()),
                given.resolved(given.selection()),
                Precision.Float32,
                1);
    }
}
