package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.tensor.Tensor;

/// Wasserstein-1 between the weighted source and the target, as the critic sees it: (Δ) and the display that ends
/// "Alignment Objective" of App. C.1.
///
///     L = 1/n Σᵢ w̃[yᵢ]·f(z̃ᵢ) − 1/m Σⱼ f(z̃′ⱼ)
///
/// Paper: the display omits w, which (Δ) has. Authors' code: has it, ramped in; so do we.
record Wasserstein(Critic f) implements Alignment {
    @Override
    public Tensor loss(Tensor z, Tensor weight, Tensor zPrime) {
        return weight.times(f.score(z)).mean().minus(f.score(zPrime).mean());
    }

    @Override
    public double reversal(double lambda) {
        return lambda;
    }
}
