package dev.isogloss.trainer.method.pretrain;

import dev.isogloss.trainer.tokenizer.Encoding;

/// A text, or a pair of translations side by side, as token ids with special tokens.
public record TokenSequence(int[] ids, int[] types) {
    public static TokenSequence of(Encoding encoding) {
        return new TokenSequence(encoding.ids(), encoding.types());
    }
}
