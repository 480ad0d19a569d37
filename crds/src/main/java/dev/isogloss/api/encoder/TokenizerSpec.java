package dev.isogloss.api.encoder;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;

/// The tokenizer that is trained on the corpus of a pretraining.
public record TokenizerSpec(
        @Default("WordPiece") @Meaning("Its kind: WordPiece or Unigram.")
        Type type,

        @Range(min = 64, max = 1000000) @Default("8000") @Meaning("Number of pieces, special ones included.")
        int vocabularySize,

        @Default("false") @Meaning("Fold upper case to lower case.")
        boolean lowercase) {

    public TokenizerSpec {
        Bounds.check(TokenizerSpec.class, type, vocabularySize, lowercase);
    }

    /// The model of the tokenizer.
    public enum Type {
        WordPiece,
        Unigram
    }
}
