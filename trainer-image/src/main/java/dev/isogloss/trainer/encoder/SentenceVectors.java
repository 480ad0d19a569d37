package dev.isogloss.trainer.encoder;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Tensor;

/// A text as one vector of length 1, as LaBSE gives it: the pooler's output for the first token, normalised.
public final class SentenceVectors {
    private static final double SMALLEST_SQUARE = 1e-16;

    private SentenceVectors() {}

    /// @return [b, h]; dot products of rows are cosines
    public static Tensor of(Encoder encoder, TokenBatch batch, Dropout dropout, Precision precision) {
        EncoderOutput encoded = encoder.encode(batch, OutputRequest.first(), dropout, precision);
        return normalised(encoder.pooled(encoded.first()));
    }

    /// x / ‖x‖ by rows, [n, d]; a row of zeros stays one, and gets no gradient.
    public static Tensor normalised(Tensor x) {
        Tensor length =
                x.square().sum(1, true).maximum(Tensor.scalar(SMALLEST_SQUARE)).sqrt(); // [n, 1]
        return x.dividedBy(length);
    }
}
