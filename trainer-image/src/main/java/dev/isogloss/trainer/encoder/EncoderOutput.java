package dev.isogloss.trainer.encoder;

import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;

/// The output of an encoder for a batch. Rows are the batch's places, text after text.
///
/// @param embeddings [t, h]: words, positions and types, normalised, after dropout
/// @param hidden if asked for, `embeddings` and then the output of every layer; else empty
/// @param attentions of the layers asked for, in their order
/// @param last the output of the last layer, [t, h], or [b, h] if only the first tokens were asked for
public record EncoderOutput(
        TokenBatch batch, Tensor embeddings, List<Tensor> hidden, List<Attention> attentions, Tensor last) {

    /// One layer's attention. What a query that is padding attends to means nothing, unless the batch is filled up.
    ///
    /// @param probabilities [b, heads, s, s] (queries, keys), s the longest text, before dropout
    /// @param dropped       the same after dropout, as the values were weighed
    public record Attention(Tensor probabilities, Tensor dropped) {}

    /// The first tokens' rows of the last layer, [b, h].
    public Tensor first() {
        return last.size(0) == batch.texts() ? last : firstOf(last);
    }

    /// The first tokens' rows, [b, h], of all rows of a layer, [t, h].
    public Tensor firstOf(Tensor states) {
        return states.rows(Tensor.of(batch.starts(), batch.texts()));
    }
}
