package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.tensor.Tensor;

/// The projections of `WeightProjection` on the device, where no number has to be waited for. All in doubles.
final class ClassProjection {
    private ClassProjection() {}

    /// The nearest weights, max(v − τp, 0). Of all τ that the classes with the greatest v/p would have by themselves,
    ///
    ///     τⱼ = (Σ pᵢvᵢ − 1) / Σ pᵢ²        over vᵢ/pᵢ ≥ vⱼ/pⱼ
    ///
    /// the greatest is the one for which p·w = 1: from one class to the next τⱼ grows as long as vⱼ/pⱼ is above it.
    /// So nothing has to be sorted.
    ///
    /// @param v [k]
    /// @param p [k], sum 1
    static Tensor euclidean(Tensor v, Tensor p) {
        Tensor occurs = p.greaterThan(0);
        Tensor ratio = occurs.choose(
                v.dividedBy(p), Tensor.full(Double.NEGATIVE_INFINITY).asDouble()); // [k]
        Tensor among = Tensor.scalar(1)
                .minus(ratio.reshape(1, -1).lessThan(ratio.reshape(-1, 1)).asDouble()); // [k, k]: i among those of j
        Tensor taus = sums(among, p.times(v)).minus(1).dividedBy(sums(among, p.square())); // [k]
        Tensor w = v.minus(p.times(taus.max(0))).maximum(Tensor.scalar(0).asDouble());
        return occurs.choose(w, Tensor.scalar(1).asDouble());
    }

    private static Tensor sums(Tensor among, Tensor values) {
        return among.matmul(values.reshape(-1, 1)).reshape(-1);
    }

    /// Cut at 0 and divided by p·w; all 1 if nothing is left to scale.
    static Tensor radial(Tensor v, Tensor p) {
        Tensor cut = v.maximum(Tensor.scalar(0).asDouble());
        Tensor scale = p.times(cut).sum();
        Tensor scaled =
                p.greaterThan(0).choose(cut.dividedBy(scale), Tensor.scalar(1).asDouble());
        return scale.greaterThan(0).choose(scaled, Tensor.scalar(1).asDouble());
    }
}
