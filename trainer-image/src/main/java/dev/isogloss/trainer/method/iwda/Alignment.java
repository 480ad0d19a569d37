package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.tensor.Tensor;

/// A distance between the weighted features of the source and those of the target. All are minimised; those with a
/// critic are what the critic minimises, and the encoder, behind a reversed gradient, maximises.
public sealed interface Alignment permits Wasserstein, JensenShannon, KernelMmd {

    /// @param z      source features z̃, [n, k·d]
    /// @param weight w̃ of each source item, [n]; a constant
    /// @param zPrime target features z̃′, [m, k·d]
    /// @return []
    Tensor loss(Tensor z, Tensor weight, Tensor zPrime);

    /// The factor of the gradient on its way from here to the encoder, for the strength λ.
    ///
    /// @return the λ of [Tensor#reverseGradient]
    double reversal(double lambda);
}
