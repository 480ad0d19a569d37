package dev.isogloss.trainer.encoder;

/// The shape of an encoder, and the numbers its layers need.
///
/// @param vocabularySize words the encoder has a row for
/// @param hidden width of the hidden states, a multiple of `heads`
/// @param feedForward width inside a layer
/// @param maxPositions rows of the position table
/// @param typeVocabulary token types
/// @param layerNormEpsilon 1e-12 in BERT, 1e-5 in RoBERTa
/// @param padId the id of padding
/// @param dropout probability for hidden states in training
/// @param attentionDropout probability for attention probabilities in training
public record EncoderConfig(
        EncoderFamily family,
        int vocabularySize,
        int hidden,
        int layers,
        int heads,
        int feedForward,
        int maxPositions,
        int typeVocabulary,
        double layerNormEpsilon,
        int padId,
        double dropout,
        double attentionDropout) {

    public EncoderConfig {
        if (hidden % heads != 0) {
            throw new IllegalArgumentException("hidden size %d cannot be shared by %d heads".formatted(hidden, heads));
        }
        if (padId < 0 || padId >= vocabularySize) {
            throw new IllegalArgumentException(
                    "padding has id %d, outside the vocabulary of %d".formatted(padId, vocabularySize));
        }
    }

    /// 2 layers of 128, as BERT-tiny.
    public static EncoderConfig tiny(EncoderFamily family, int vocabularySize, int padId) {
        return preset(family, vocabularySize, 128, 2, padId);
    }

    /// 4 layers of 256, as BERT-mini.
    public static EncoderConfig mini(EncoderFamily family, int vocabularySize, int padId) {
        return preset(family, vocabularySize, 256, 4, padId);
    }

    /// 4 layers of 512, as BERT-small.
    public static EncoderConfig small(EncoderFamily family, int vocabularySize, int padId) {
        return preset(family, vocabularySize, 512, 4, padId);
    }

    /// 12 layers of 768, as BERT-base, mBERT and XLM-R base.
    public static EncoderConfig base(EncoderFamily family, int vocabularySize, int padId) {
        return preset(family, vocabularySize, 768, 12, padId);
    }

    /// Heads of 64, a feed-forward layer of four times the width, 512 tokens, dropout 0.1: Turc et al., 2019.
    private static EncoderConfig preset(EncoderFamily family, int vocabularySize, int hidden, int layers, int padId) {
        boolean bert = family == EncoderFamily.BERT;
        return new EncoderConfig(
                family,
                vocabularySize,
                hidden,
                layers,
                hidden / 64,
                4 * hidden,
                bert ? 512 : 512 + padId + 1,
                bert ? 2 : 1,
                bert ? 1e-12 : 1e-5,
                padId,
                0.1,
                0.1);
    }

    /// The most tokens a text may have.
    public int longestInput() {
        return family.countsPositionsFromPadding() ? maxPositions - padId - 1 : maxPositions;
    }
}
