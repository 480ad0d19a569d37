package dev.isogloss.trainer.encoder;

/// What a caller wants to see of an encoder's work.
///
/// @param hidden whether the states between the layers are kept
/// @param attentions whether the attention probabilities (before dropout) are kept; this takes the slower,
///     step-by-step computation in 32 bits
public record OutputRequest(OutputRows rows, boolean hidden, boolean attentions) {

    /// The last layer of all tokens.
    public static OutputRequest all() {
        return new OutputRequest(OutputRows.All, false, false);
    }

    /// The last layer of the first token.
    public static OutputRequest first() {
        return new OutputRequest(OutputRows.First, false, false);
    }

    public OutputRequest withHidden() {
        return new OutputRequest(rows, true, attentions);
    }

    public OutputRequest withAttentions() {
        return new OutputRequest(rows, hidden, true);
    }
}
