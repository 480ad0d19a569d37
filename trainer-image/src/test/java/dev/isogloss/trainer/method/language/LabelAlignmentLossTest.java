package dev.isogloss.trainer.method.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.LabelAlignment;
import dev.isogloss.api.method.LabelAlignment.AlignedTexts;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.SentenceVectors;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective.Micro;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A batch of six texts, the third and the last two of which are translations.
class LabelAlignmentLossTest {
    private static final int[] NUMBERS = {3, 7, 22, 11, 20, 21};
    private static final int FIRST_TRANSLATION = 20;
    private static final List<Item> ITEMS = TinyTransfer.source().subList(0, 6);

    /// λ·L_LA of the vectors of those rows alone.
    @ParameterizedTest
    @CsvSource({"Both, 012345", "Labelled, 013", "Translations, 245"})
    void the_texts_that_are_asked_for_are_aligned_and_no_others(AlignedTexts texts, String rows) {
        long[] expected = rows.chars().mapToLong(row -> row - '0').toArray();
        try (Model model = TinyTransfer.model(Head.Pooled);
                Scope _ = Scope.open()) {
            Tensor h = SentenceVectors.normalised(encoded(model).first().rows(Tensor.of(expected, expected.length)));
            long[] classes = IntStream.range(0, expected.length)
                    .mapToLong(i -> ITEMS.get((int) expected[i]).targets()[0])
                    .toArray();

            assertThat(loss(model, texts, 0.25, NUMBERS))
                    .isCloseTo(
                            0.25
                                    * ContrastiveLoss.labelAlignment(h, classes, 0.3)
                                            .toDouble(),
                            within(1e-6));
        }
    }

    @Test
    void where_fewer_than_two_texts_take_part_nothing_is_added() {
        try (Model model = TinyTransfer.model(Head.Pooled);
                Scope _ = Scope.open()) {
            assertThat(loss(model, AlignedTexts.Nothing, 0.5, NUMBERS)).isNull();
            assertThat(loss(model, AlignedTexts.Both, 0, NUMBERS)).isNull();
            assertThat(loss(model, AlignedTexts.Translations, 0.5, 1, 2, 3, 4, 5, 20))
                    .isNull();
            assertThat(loss(model, AlignedTexts.Translations, 0.5, 1, 2, 3, 4, 21, 20))
                    .isNotNull();
        }
    }

    private static @Nullable Double loss(Model model, AlignedTexts texts, double weight, int... numbers) {
        Batch batch = model.batch(ITEMS);
        Tensor loss = new LabelAlignmentLoss(new LabelAlignment(texts, weight, 0.3), FIRST_TRANSLATION)
                .loss(encoded(model), batch, numbers, new Micro(0, Dropout.none()));
        return loss == null ? null : loss.toDouble();
    }

    private static EncoderOutput encoded(Model model) {
        return model.encoder()
                .encode(model.batch(ITEMS).tokens(), OutputRequest.first(), Dropout.none(), Precision.Float32);
    }
}
