package dev.isogloss.trainer.method.robust;

import dev.isogloss.api.method.Ear.Reduction;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.tensor.Tensor;

/// Texts as the means of their tokens, and how far those of two batches are apart.
final class TextMeans {
    private TextMeans() {}

    /// M(x): the mean over all tokens but padding, special ones included.
    ///
    /// @param states [b, s, d]
    /// @return [b, d]
    static Tensor of(Tensor states, TokenBatch batch) {
        double[] shares = new double[batch.rows() * batch.width()];
        for (int row = 0; row < batch.rows(); row++)
            for (int i = 0; i < batch.lengths()[row]; i++) shares[row * batch.width() + i] = 1.0 / batch.lengths()[row];
        Tensor weights = Tensor.of(shares, batch.rows(), batch.width()).asTypeOf(states); // [b, s]
        return Tensor.einsum("bs,bsd->bd", weights, states);
    }

    /// Of ‖xᵢ − yᵢ‖², the mean over texts, and over the d numbers of each where `reduction` is Mean.
    ///
    ///     Mean  1/(B·d) Σᵢ ‖xᵢ − yᵢ‖²        Sum  1/B Σᵢ ‖xᵢ − yᵢ‖²
    ///
    /// @param x [b, d]
    /// @param y [b, d]
    /// @return []
    static Tensor squaredDistance(Tensor x, Tensor y, Reduction reduction) {
        Tensor squares = x.minus(y).square();
        return switch (reduction) {
            case Mean -> squares.mean();
            case Sum -> squares.sum(1, false).mean();
        };
    }
}
