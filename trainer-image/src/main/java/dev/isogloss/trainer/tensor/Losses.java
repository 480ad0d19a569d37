package dev.isogloss.trainer.tensor;

/// Losses that libtorch computes in one go. Scores are logits [n, k], labels int64 [n] in 0..k-1.
public final class Losses {

    /// The label that does not count, as in every implementation of masked or tagged losses.
    public static final int IGNORED = -100;

    /// exp of it is 0 in double, too, so that a logarithm below changes no product with its probability.
    private static final double LEAST_LOGARITHM = -1e4;

    private Losses() {}

    /// The mean of −log p(label) over the labels that count; 0 if none does.
    ///
    /// @param smoothing ε of label smoothing: the aim is (1 − ε)·onehot + ε/k
    public static Tensor crossEntropy(Tensor logits, Tensor labels, double smoothing, int ignore) {
        return Operators.call("cross_entropy_mean", logits, labels, smoothing, ignore);
    }

    /// The mean of Σ p(c)·log p(c) over the rows: minus the entropy of a prediction, at most 0. From the logarithms of
    /// the softmax, for a probability that underflows to 0 would make 0·−∞; so would a logarithm that overflows.
    public static Tensor negativeEntropy(Tensor logits) {
        Tensor logarithms = logits.logSoftmax(1).clamp(LEAST_LOGARITHM, 0); // [n, k]
        return logarithms.exp().times(logarithms).sum(1, false).mean();
    }

    /// [n]: one loss each, 0 where the label does not count.
    public static Tensor crossEntropyEach(Tensor logits, Tensor labels, double smoothing, int ignore) {
        return Operators.call("cross_entropy_each", logits, labels, smoothing, ignore);
    }
}
