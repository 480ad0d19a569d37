package dev.isogloss.trainer.method.robust;

import dev.isogloss.api.method.Ear.Cells;
import dev.isogloss.api.method.Ear.Reduction;
import dev.isogloss.trainer.encoder.EncoderOutput.Attention;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.tensor.Tensor;

/// APT, the pulling together of two texts' attention (Ding et al., 2022, section 2.2):
///
///     Σ_b Σ_heads Σ_{q,k} (A_x − A_xᵃ)²        Mean: over the number of cells        Sum: over b and heads
///
/// Positions are compared one to one, though the two texts may be cut into pieces differently.
///
/// Paper: does not say which positions. Authors' code: all of an input that is filled up to its greatest length, rows
/// of padding included, probabilities after dropout (`Padded`). Ours (`Tokens`): those that are tokens of both texts,
/// before dropout, so that the number does not depend on how a batch is filled up.
final class AttentionPull {
    private AttentionPull() {}

    /// @param x      of one layer, [b, heads, s, s]
    /// @param copy   of the same layer, [b, heads, t, t]
    /// @return []
    static Tensor of(
            Attention x, TokenBatch batch, Attention copy, TokenBatch copies, Cells cells, Reduction reduction) {
        return switch (cells) {
            case Tokens -> tokens(x.probabilities(), batch, copy.probabilities(), copies, reduction);
            case Padded -> padded(x.dropped(), copy.dropped(), reduction);
        };
    }

    private static Tensor padded(Tensor x, Tensor copy, Reduction reduction) {
        Tensor squares = x.minus(copy).square();
        return reduction == Reduction.Mean ? squares.mean() : squares.sum().times(1.0 / (x.size(0) * x.size(1)));
    }

    private static Tensor tokens(Tensor x, TokenBatch batch, Tensor copy, TokenBatch copies, Reduction reduction) {
        int width = Math.min(batch.longest(), copies.longest());
        float[] shared = new float[batch.texts() * width * width];
        long cells = 0;
        for (int row = 0; row < batch.texts(); row++) {
            int length = Math.min(batch.lengths()[row], copies.lengths()[row]);
            cells += (long) length * length;
            for (int q = 0; q < length; q++) for (int k = 0; k < length; k++) shared[(row * width + q) * width + k] = 1;
        }
        Tensor both = Tensor.of(shared, batch.texts(), 1, width, width);
        Tensor squares = corner(x, width).minus(corner(copy, width)).square().times(both); // [b, heads, w, w]
        long heads = x.size(1);
        return squares.sum().times(1.0 / (reduction == Reduction.Mean ? cells * heads : batch.texts() * heads));
    }

    private static Tensor corner(Tensor attention, int width) {
        return attention.slice(2, 0, width).slice(3, 0, width);
    }
}
