package dev.isogloss.trainer.method.pretrain;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Tensor;

/// The mean loss of hidden tokens over all words. With a vocabulary of a published encoder the scores of all of them
/// would be the largest thing in memory: 614 tokens of a batch and 250,037 words are 614 MB, four times over while
/// gradients are taken.
final class WordLoss {
    /// Scores that are in memory at once, 128 MiB of them.
    private static final int MOST_SCORES = 1 << 25;

    private final Encoder encoder;
    private final Precision precision;
    private final int rowsAtOnce;

    /// @param rowsAtOnce hidden tokens whose scores are in memory at once
    WordLoss(Encoder encoder, Precision precision, int rowsAtOnce) {
        this.encoder = encoder;
        this.precision = precision;
        this.rowsAtOnce = rowsAtOnce;
    }

    static WordLoss of(Encoder encoder, Precision precision) {
        int words = encoder.config().vocabularySize();
        return new WordLoss(
                encoder,
                precision,
                words <= PretrainStep.LARGE_VOCABULARY ? Integer.MAX_VALUE : Math.max(1, MOST_SCORES / words));
    }

    /// @param rows    the last layer at the hidden tokens, [n, h]
    /// @param targets what is hidden there, n
    /// @return shape []
    Tensor mean(Tensor rows, long[] targets) {
        return targets.length <= rowsAtOnce
                ? Losses.crossEntropy(
                        encoder.maskedLogits(rows, precision), Tensor.of(targets, targets.length), 0, Losses.IGNORED)
                : encoder.maskedLoss(rows, targets, rowsAtOnce, precision);
    }
}
