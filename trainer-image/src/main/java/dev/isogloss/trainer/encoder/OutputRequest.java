package dev.isogloss.trainer.encoder;

/// The parts of an encoder's work that a caller wants to see.
///
/// @param hidden     whether the states between the layers are kept
/// @param attentions the layers whose attention probabilities are kept
public record OutputRequest(OutputRows rows, boolean hidden, Attentions attentions) {

    /// The layers whose attention probabilities are kept; each of them takes the slower, step-by-step computation in
    /// 32 bits.
    public sealed interface Attentions {

        record None() implements Attentions {}

        record All() implements Attentions {}

        /// @param number counted from 1
        record Layer(int number) implements Attentions {}

        /// @param layer counted from 1
        default boolean include(int layer) {
            return switch (this) {
                case None _ -> false;
                case All _ -> true;
                case Layer one -> one.number() == layer;
            };
        }
    }

    /// The last layer of all tokens.
    public static OutputRequest all() {
        return new OutputRequest(OutputRows.All, false, new Attentions.None());
    }

    /// The last layer of the first token.
    public static OutputRequest first() {
        return new OutputRequest(OutputRows.First, false, new Attentions.None());
    }

    public OutputRequest withHidden() {
        return new OutputRequest(rows, true, attentions);
    }

    public OutputRequest withAttentions() {
        return new OutputRequest(rows, hidden, new Attentions.All());
    }

    /// One layer's attention.
    ///
    /// @param number counted from 1; the last one is computed for all tokens then, whatever `rows` says
    public OutputRequest withAttention(int number) {
        return new OutputRequest(rows, hidden, new Attentions.Layer(number));
    }

    /// True if a layer is computed for the first token alone.
    ///
    /// @param layer counted from 1
    boolean isFirstOnly(int layer, int layers) {
        boolean shown = attentions instanceof Attentions.Layer && attentions.include(layer);
        return rows == OutputRows.First && layer == layers && !shown;
    }
}
