package dev.isogloss.trainer.method.language;

import dev.isogloss.api.method.LabelAlignment;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.SentenceVectors;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Phase one of language adaptation (Yu & Joty, 2021, eq. 3): beside the cross-entropy of every text of a batch,
///
///     λ_LA · L_LA        h = the first token's last state, normalised
///
/// over those texts of the batch that `texts` names.
///
/// @param firstTranslation items from here on are translations
public record LabelAlignmentLoss(LabelAlignment settings, int firstTranslation) implements AuxiliaryObjective {

    @Override
    public @Nullable Tensor loss(EncoderOutput encoded, Batch batch, int[] items, Micro micro) {
        int[] rows = IntStream.range(0, items.length)
                .filter(row -> takesPart(items[row]))
                .toArray();
        if (settings.weight() == 0 || rows.length < 2) return null;
        long[] places = Arrays.stream(rows).asLongStream().toArray();
        long[] classes =
                Arrays.stream(rows).mapToLong(row -> batch.targets()[row]).toArray();
        Tensor h = SentenceVectors.normalised(encoded.first().rows(Tensor.of(places, places.length))); // [n, d]
        return ContrastiveLoss.labelAlignment(h, classes, settings.temperature())
                .times(settings.weight());
    }

    private boolean takesPart(int item) {
        boolean translation = item >= firstTranslation;
        return switch (settings.texts()) {
            case Both -> true;
            case Labelled -> !translation;
            case Translations -> translation;
            case Nothing -> false;
        };
    }
}
