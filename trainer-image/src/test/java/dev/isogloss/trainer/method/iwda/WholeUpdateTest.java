package dev.isogloss.trainer.method.iwda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.HeadOutput;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One backward pass moves two players: what an update hands to its optimisers, against gradients that are taken one by
/// one and without any reversal. Batches hold all texts, so that their order does not matter.
class WholeUpdateTest {
    private static final double LAMBDA = 0.7;

    @ParameterizedTest
    @CsvSource({"Wasserstein, Pooled", "JensenShannon, Pooled", "Wasserstein, Token"})
    void the_encoder_climbs_what_the_critic_descends(Iwda.Distance distance, Head head) {
        boolean words = head == Head.Token;
        List<Item> source = words ? TinyTransfer.words(TinyTransfer.source()) : TinyTransfer.source();
        List<Item> target = words ? TinyTransfer.words(TinyTransfer.target()) : TinyTransfer.target();
        Iwda given = SettingsReader.of(
                Iwda.class,
                "{batchSize: 20, dropout: 0, distance: %s, lambdaAlign: %s, alignWarmup: 0, weightWarmup: 0,"
                                .formatted(distance, LAMBDA)
                        + " gradientPenalty: 0, criticWidth: 16, initialUniform: 0}");
        Iwda settings = given.resolved(
                words ? TaskType.NamedEntityRecognition : TaskType.SequenceClassification, given.selection());
        try (Model model = TinyTransfer.model(head);
                var method = new ImportanceWeightedAlignment(
                        model,
                        new SourceAndTarget(source, new UnlabelledItems(target), 3),
                        settings,
                        Precision.Float32,
                        1);
                Scope _ = Scope.open()) {
            method.prepare();
            List<Tensor> encoder = List.copyOf(model.trainable().values());
            List<Tensor> critic = parameters(method, "critic");
            Parts parts = new Parts(model, distance, critic, method.weights());

            List<Tensor> all = new ArrayList<>(encoder);
            all.addAll(critic);
            Tensor joint = GradMode.with(() ->
                    method.objectives(0).getFirst().parts().getFirst().loss().get());
            List<Tensor> moved = Gradients.of(joint, all, false);

            Tensor task = GradMode.with(() -> parts.task(source));
            Tensor align = GradMode.with(() -> parts.alignment(source, target));
            List<Tensor> ofTask = Gradients.of(task, encoder, false, false);
            List<Tensor> ofAlignment = Gradients.of(align, all, false, false);
            for (int i = 0; i < all.size(); i++) {
                Tensor expected = i < encoder.size()
                        ? ofTask.get(i).minus(ofAlignment.get(i).times(LAMBDA))
                        : ofAlignment.get(i);
                assertClose(moved.get(i).toDoubles(), expected.toDoubles());
            }
        }
    }

    /// λ_t = λ·min(1, t/(0.5·T)) and w̃ = a·w + 1 − a with a = min(1, t/(0.25·T)), of T = 8 updates; t is 0 before the
    /// first.
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0.25, 0.5", "2, 0.5, 1", "3, 0.75, 1", "4, 1, 1", "7, 1, 1"})
    void alignment_and_weights_are_ramped_in_from_nothing(long update, double ofLambda, double a) {
        List<Item> source = TinyTransfer.source();
        List<Item> target = TinyTransfer.target();
        Iwda given = SettingsReader.of(
                Iwda.class,
                "{epochs: 8, batchSize: 20, dropout: 0, lambdaAlign: %s, alignWarmup: 0.5, weightWarmup: 0.25,"
                                .formatted(LAMBDA)
                        + " gradientPenalty: 0, criticWidth: 16, importanceWeights: Oracle}");
        Iwda settings = given.resolved(TaskType.SequenceClassification, given.selection());
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = new ImportanceWeightedAlignment(
                        model,
                        new SourceAndTarget(source, new UnlabelledItems(target), 3),
                        settings,
                        GoldPrior.of(target, 3),
                        Precision.Float32,
                        1);
                Scope _ = Scope.open()) {
            method.prepare();
            double[] ramped =
                    Arrays.stream(method.weights()).map(w -> a * w + 1 - a).toArray();
            List<Tensor> encoder = List.copyOf(model.trainable().values());
            List<Tensor> critic = parameters(method, "critic");
            Parts parts = new Parts(model, Iwda.Distance.Wasserstein, critic, ramped);
            List<Tensor> all = new ArrayList<>(encoder);
            all.addAll(critic);

            Tensor joint = GradMode.with(() -> method.objectives(update)
                    .getFirst()
                    .parts()
                    .getFirst()
                    .loss()
                    .get());
            List<Tensor> moved = Gradients.of(joint, all, false);

            assertThat(method.updates()).isEqualTo(8);
            assertThat(method.weights()).doesNotContain(1.0);
            List<Tensor> ofTask = Gradients.of(GradMode.with(() -> parts.task(source)), encoder, false);
            List<Tensor> ofAlignment = Gradients.of(GradMode.with(() -> parts.alignment(source, target)), all, false);
            for (int i = 0; i < all.size(); i++) {
                Tensor expected = i < encoder.size()
                        ? ofTask.get(i).minus(ofAlignment.get(i).times(LAMBDA * ofLambda))
                        : ofAlignment.get(i);
                assertClose(moved.get(i).toDoubles(), expected.toDoubles());
            }
        }
    }

    /// μ·GP is a sum of squares, and the critic alone is held by it.
    @Test
    void the_penalty_is_added_as_often_as_is_asked_for() {
        double[] losses = new double[3];
        double[] penalties = {0, 1, 10};
        for (int i = 0; i < losses.length; i++) {
            Iwda given = SettingsReader.of(
                    Iwda.class, "{batchSize: 20, dropout: 0, criticWidth: 16, gradientPenalty: " + penalties[i] + "}");
            try (Model model = TinyTransfer.model(Head.Pooled);
                    var method = new ImportanceWeightedAlignment(
                            model,
                            new SourceAndTarget(TinyTransfer.source(), new UnlabelledItems(TinyTransfer.target()), 3),
                            given.resolved(TaskType.SequenceClassification, given.selection()),
                            Precision.Float32,
                            1);
                    Scope _ = Scope.open()) {
                method.prepare();
                losses[i] = method.objectives(0)
                        .getFirst()
                        .parts()
                        .getFirst()
                        .loss()
                        .get()
                        .toDouble();
            }
        }

        double once = losses[1] - losses[0];
        assertThat(once).isGreaterThan(1e-3);
        assertThat(losses[2] - losses[0]).isCloseTo(10 * once, within(1e-4));
    }

    /// The classifier's opinion is taken as given: the feature moves, the prediction that it is multiplied by does
    /// not.
    @Test
    void no_gradient_passes_through_the_prediction_that_conditions_a_feature() {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.enabled()) {
            Tensor logits =
                    Tensor.of(new float[] {0.3f, -1, 2, 0.5f, 0.1f, 0}, 2, 3).asInput();
            Tensor features = Tensor.of(new float[] {1, -2, 0.5f, 3}, 2, 2).asInput();

            List<Tensor> gradients = Gradients.of(
                    ConditionedFeature.of(logits, features).square().sum(), List.of(logits, features), false);

            assertThat(gradients.get(0).toFloats()).containsOnly(0);
            assertThat(gradients.get(1).toFloats()).doesNotContain(0);
        }
    }

    private static List<Tensor> parameters(ImportanceWeightedAlignment method, String group) {
        return method.groups().stream()
                .filter(each -> each.name().equals(group))
                .map(ParameterGroup::parameters)
                .flatMap(tensors -> tensors.values().stream())
                .toList();
    }

    private record Parts(Model model, Iwda.Distance distance, List<Tensor> critic, double[] w) {

        HeadOutput scored(List<Item> items) {
            return model.scored(Batch.of(items, 0), Dropout.none(), Precision.Float32);
        }

        Tensor labels(List<Item> items) {
            long[] targets = Batch.of(items, 0).targets();
            return Tensor.of(targets, targets.length);
        }

        Tensor task(List<Item> source) {
            return Losses.crossEntropy(scored(source).logits(), labels(source), 0, Item.UNLABELLED);
        }

        Tensor alignment(List<Item> source, List<Item> target) {
            Critic f = new Critic(critic.get(0), critic.get(1), critic.get(2), critic.get(3));
            Alignment alignment = distance == Iwda.Distance.Wasserstein ? new Wasserstein(f) : new JensenShannon(f);
            float[] each = new float[w.length];
            for (int j = 0; j < each.length; j++) each[j] = (float) w[j];
            return alignment.loss(
                    ConditionedFeature.of(scored(source)),
                    Tensor.of(each, each.length).rows(labels(source)),
                    ConditionedFeature.of(scored(target)));
        }
    }

    private static void assertClose(double[] actual, double[] expected) {
        double scale = 0;
        for (double each : expected) scale = Math.max(scale, Math.abs(each));
        double rounding = Engine.device() == Device.GPU ? 1e-6 : 1e-7;
        assertThat(actual).containsExactly(expected, within(1e-4 * scale + rounding));
    }
}
