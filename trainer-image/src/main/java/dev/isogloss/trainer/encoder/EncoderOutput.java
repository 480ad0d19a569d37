package dev.isogloss.trainer.encoder;

import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;

/// The output of an encoder for a batch.
///
/// @param embeddings [b, s, h]: words, positions and types, normalised, after dropout
/// @param hidden if asked for, `embeddings` and then the output of every layer; else empty
/// @param attentions of the layers asked for, in their order
/// @param last the output of the last layer, [b, s, h], or [b, 1, h] if only the first row was asked for
public record EncoderOutput(Tensor embeddings, List<Tensor> hidden, List<Attention> attentions, Tensor last) {

    /// One layer's attention.
    ///
    /// @param probabilities [b, heads, s, s] (queries, keys), before dropout
    /// @param dropped       the same after dropout, as the values were weighed
    public record Attention(Tensor probabilities, Tensor dropped) {}

    /// The first token's row of the last layer, [b, h].
    public Tensor first() {
        return last.select(1, 0);
    }
}
