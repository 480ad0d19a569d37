package dev.isogloss.api.encoder;

import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// The tokenizer that is trained on the corpus of a pretraining.
public record TokenizerSpec(
        @Default("WordPiece") @JsonPropertyDescription("Its kind: WordPiece or Unigram. Default WordPiece.")
        Type type,

        @Min(64)
        @Max(1000000)
        @Default("8000")
        @JsonPropertyDescription("Number of pieces, special ones included. Default 8000.")
        int vocabularySize,

        @Default("false") @JsonPropertyDescription("Fold upper case to lower case. Default false.")
        boolean lowercase) {

    public TokenizerSpec {
        present("type", type);
        within("vocabularySize", vocabularySize, 64, 1000000);
    }

    /// The model of the tokenizer.
    public enum Type {
        WordPiece,
        Unigram
    }
}
