package dev.isogloss.api;

/// The tokenizer that is trained on the corpus of a pretraining.
public record TokenizerSpec(Type type, int vocabularySize, boolean lowercase) {

    /// The model of the tokenizer.
    public enum Type {
        WordPiece,
        Unigram
    }
}
