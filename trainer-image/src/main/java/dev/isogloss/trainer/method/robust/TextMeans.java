package dev.isogloss.trainer.method.robust;

import dev.isogloss.api.method.Ear.Reduction;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;

/// Texts as the means of their tokens, and how far those of two batches are apart.
final class TextMeans {
    private TextMeans() {}

    /// M(x): the mean over all tokens but padding, special ones included.
    ///
    /// @param states [t, d]
    /// @return [b, d]
    static Tensor of(Tensor states, TokenBatch batch) {
        long[] starts = batch.starts();
        int places = batch.ids().length;
        double[] shares = new double[batch.texts() * places];
        for (int text = 0; text < batch.texts(); text++) {
            int from = Math.toIntExact((long) text * places + starts[text]);
            Arrays.fill(shares, from, from + batch.lengths()[text], 1.0 / batch.lengths()[text]);
        }
        return Tensor.of(shares, batch.texts(), places).asTypeOf(states).matmul(states); // [b, t] [t, d]
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
