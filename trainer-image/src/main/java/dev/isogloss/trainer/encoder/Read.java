package dev.isogloss.trainer.encoder;

/// What a caller wants to see of an encoder's work.
///
/// @param hidden whether the states between the layers are kept
/// @param attentions whether the attention probabilities (before dropout) are kept; this takes the slower,
///     step-by-step computation in 32 bits
public record Read(Rows rows, boolean hidden, boolean attentions) {

    /// The last layer of all tokens.
    public static Read all() {
        return new Read(Rows.All, false, false);
    }

    /// The last layer of the first token.
    public static Read first() {
        return new Read(Rows.First, false, false);
    }

    public Read withHidden() {
        return new Read(rows, true, attentions);
    }

    public Read withAttentions() {
        return new Read(rows, hidden, true);
    }
}
