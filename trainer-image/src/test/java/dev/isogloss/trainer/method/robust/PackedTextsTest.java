package dev.isogloss.trainer.method.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialTraining;
import dev.isogloss.api.method.Ear;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.RandomizedSmoothing;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective.Micro;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Robust trainings on packed texts, and on texts that are filled up to the longest of their batch: the same losses and
/// gradients, in doubles, with dropout.
class PackedTextsTest {
    private static final List<Item> TEXTS = TinyTransfer.source().subList(0, 6); // of four to eight tokens
    private static final List<Item> COPIES = TinyTransfer.target().subList(1, 7);
    private static final int[] ROWS = IntStream.range(0, TEXTS.size()).toArray();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ear push: Embeddings, pull: Attention, cells: Tokens, layer: 1",
                "ear push: Embeddings, pull: Sentence, layer: 2",
                "ear push: Noise, noise: 0.3, pull: Nothing",
                "smoothing distribution: Gaussian, noise: 0.3",
                "smoothing distribution: Ball, noise: 0.3",
                "adversarial radius: 1, steps: 2",
                "adversarial perturb: WordTable, steps: 1, radius: 1"
            })
    void a_loss_and_its_gradients_do_not_depend_on_how_texts_are_laid_out(String method) {
        String settings = "{%s}".formatted(method.substring(method.indexOf(' ') + 1));
        Function<SupervisedLoss, AuxiliaryObjective> objective = head -> switch (method.substring(
                0, method.indexOf(' '))) {
            case "ear" -> new EarLoss(SettingsReader.of(Ear.class, settings).resolved(), COPIES, head, 1);
            case "smoothing" -> new SmoothingNoise(SettingsReader.of(RandomizedSmoothing.class, settings), 1);
            default ->
                AdversarialObjective.of(
                        SettingsReader.of(AdversarialTraining.class, settings)
                                .resolved()
                                .perturbation(),
                        head);
        };
        try (Scope _ = Scope.open();
                Model model = TinyTransfer.model(Head.Pooled);
                GradMode _ = GradMode.enabled()) {
            widen(model.encoder().parameters());
            widen(model.headWeights());
            List<Tensor> packed = results(model, objective, 0);
            List<Tensor> filled = results(model, objective, 1);

            for (int i = 0; i < packed.size(); i++) {
                double size = Math.max(1e-3, filled.get(i).norm().toDouble());
                assertThat(packed.get(i).minus(filled.get(i)).norm().toDouble() / size)
                        .as("tensor %d", i)
                        .isCloseTo(0, within(1e-9));
            }
        }
    }

    /// The loss of a batch, and its gradients.
    private static List<Tensor> results(
            Model model, Function<SupervisedLoss, AuxiliaryObjective> objective, int width) {
        FineTune settings = SettingsReader.of(FineTune.class, "{}");
        SupervisedLoss head = SupervisedLoss.of(model, settings, Precision.Float32, width);
        Tensor loss = loss(head, objective.apply(head));
        List<Tensor> weights = List.copyOf(model.trainable().values());
        return Stream.concat(Stream.of(loss), Gradients.of(loss, weights, false).stream())
                .toList();
    }

    private static Tensor loss(SupervisedLoss head, AuxiliaryObjective objective) {
        Micro micro = new Micro(0, Dropout.of(0.1, 1, 0));
        Batch batch = head.batch(TEXTS);
        Tensor whole = objective.whole(batch, micro);
        if (whole != null) return whole;
        Tensor embedded = objective.embeddings(head.embed(batch, micro.dropout()), batch, micro);
        SupervisedLoss.Pass pass = head.of(embedded, batch, objective.read(head.read()), micro.dropout());
        Tensor beside = objective.loss(pass.encoded(), batch, ROWS, micro);
        return beside == null ? pass.loss() : pass.loss().plus(beside);
    }

    private static void widen(Parameters weights) {
        for (String name : List.copyOf(weights.names()))
            weights.put(name, weights.get(name).asDouble());
    }
}
