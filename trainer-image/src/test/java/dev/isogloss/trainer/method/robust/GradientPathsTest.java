package dev.isogloss.trainer.method.robust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialPerturbation;
import dev.isogloss.api.method.AdversarialTraining;
import dev.isogloss.api.method.Ear;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective.Micro;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways that gradients of robust trainings take, and those that they must not take.
class GradientPathsTest {
    private static final List<Item> TEXTS = TinyTransfer.source().subList(0, 4);
    private static final List<Item> COPIES = TinyTransfer.target().subList(0, 4);

    /// The rows of a batch as numbers of the training's items.
    private static final int[] ROWS = IntStream.range(0, TEXTS.size()).toArray();

    private final Model model = TinyTransfer.model(Head.Pooled);
    private final SupervisedLoss head =
            SupervisedLoss.of(model, SettingsReader.of(FineTune.class, "{}"), Precision.Float32, 0);
    private final Batch batch = head.batch(TEXTS);
    private final Scope scope = Scope.open();
    private final GradMode mode = GradMode.enabled();

    @AfterEach
    void close() {
        mode.close();
        scope.close();
        model.close();
    }

    private static Micro micro() {
        return new Micro(0, Dropout.of(0.1, 1, 0));
    }

    private static AdversarialPerturbation settings(String yaml) {
        return SettingsReader.of(AdversarialTraining.class, yaml).resolved().perturbation();
    }

    @Test
    void no_weight_has_a_gradient_through_the_ascent_of_embeddings() {
        var objective = new AdversarialAscent(settings("{radius: 1, steps: 2}"), head);
        Dropout dropout = micro().dropout();
        Tensor embedded = head.embed(batch, dropout);

        Tensor delta = objective.ascended(embedded, batch, micro().dropout()); // even from embeddings with a history

        requireConstant(delta);
        Tensor held = embedded.plus(Tensor.of(delta.toFloats(), delta.shape()));
        requireSameGradients(
                objective.whole(batch, micro()),
                head.of(held, batch, head.read(), dropout).loss());
    }

    @Test
    void no_weight_has_a_gradient_through_the_step_of_the_word_table() {
        var objective = new WordTableStep(settings("{perturb: WordTable, steps: 1, radius: 1}"), head);
        Tensor words = model.encoder().words();

        Tensor r = objective.step(words, batch, micro());

        requireConstant(r);
        Dropout dropout = micro().dropout();
        Tensor held = words.plus(Tensor.of(r.toFloats(), r.shape()));
        requireSameGradients(
                objective.whole(batch, micro()),
                head.of(model.encoder().embed(batch.tokens(), held, dropout), batch, head.read(), dropout)
                        .loss());
    }

    private void requireConstant(Tensor change) {
        assertThat(change.abs().sum().toDouble()).isPositive();
        assertThat(change.requiresGradient()).isFalse();
        Tensor through = change.sum().plus(model.encoder().words().sum().times(0));
        for (Tensor gradient : gradients(through))
            assertThat(gradient.abs().sum().toDouble()).isZero();
    }

    private void requireSameGradients(Tensor ours, Tensor wanted) {
        List<Tensor> expected = gradients(wanted);
        List<Tensor> given = gradients(ours);
        for (int i = 0; i < expected.size(); i++)
            assertThat(given.get(i).toFloats()).containsExactly(expected.get(i).toFloats());
    }

    private List<Tensor> gradients(Tensor loss) {
        return Gradients.of(loss, List.copyOf(model.trainable().values()), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "push: Embeddings, pull: Nothing",
                "push: Nothing, pull: Attention, cells: Tokens",
                "push: Nothing, pull: Attention, cells: Padded",
                "push: Nothing, pull: Sentence"
            })
    void each_term_of_ear_sends_gradients_into_the_text_s_pass_and_into_the_copy_s(String term) {
        assertThat(intoTheText(term)).isPositive();
        assertThat(intoTheText("push: Nothing, pull: Nothing")).isZero();
        assertThat(intoTheCopy(term)).isNotEqualTo(intoTheCopy("push: Nothing, pull: Nothing"));
    }

    /// The sum of the absolute gradients by what the first layer reads of the texts.
    private double intoTheText(String term) {
        Tensor embeddings = head.embed(batch, Dropout.none()).asInput();
        EarLoss ear = ear(term);
        Tensor loss = ear.loss(encoded(ear, embeddings), batch, ROWS, micro());
        return Gradients.of(loss, List.of(embeddings), false)
                .getFirst()
                .abs()
                .sum()
                .toDouble();
    }

    /// Gradients by the word table where the texts' pass is a constant.
    private float[] intoTheCopy(String term) {
        EarLoss ear = ear(term);
        EncoderOutput constant = GradMode.without(() -> encoded(ear, head.embed(batch, Dropout.none())));
        Tensor loss = ear.loss(constant, batch, ROWS, micro());
        return Gradients.of(loss, List.of(model.encoder().words()), false)
                .getFirst()
                .toFloats();
    }

    private EncoderOutput encoded(EarLoss ear, Tensor embeddings) {
        return model.encoder()
                .encode(embeddings, batch.tokens(), ear.read(head.read()), Dropout.none(), Precision.Float32);
    }

    private EarLoss ear(String term) {
        SupervisedLoss wide = SupervisedLoss.of(
                model,
                SettingsReader.of(FineTune.class, "{}"),
                Precision.Float32,
                batch.tokens().longest());
        return new EarLoss(
                SettingsReader.of(Ear.class, "{layer: 2, %s}".formatted(term)).resolved(), COPIES, wide, 1);
    }
}
