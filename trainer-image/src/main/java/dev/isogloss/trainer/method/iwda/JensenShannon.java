package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.tensor.Tensor;

/// The critic as a classifier of languages, source 0 and target 1 (Ganin et al., JMLR 2016): the weighted cross-entropy
/// of σ(f), an option of the authors' code.
///
///     L = −1/n Σᵢ w̃[yᵢ]·log(1 − σ(f(z̃ᵢ))) − 1/m Σⱼ log σ(f(z̃′ⱼ))
record JensenShannon(Critic f) implements Alignment {
    @Override
    public Tensor loss(Tensor z, Tensor weight, Tensor zPrime) {
        Tensor source = weight.times(f.score(z).negate().logSigmoid()).mean();
        return source.plus(f.score(zPrime).logSigmoid().mean()).negate();
    }

    @Override
    public double reversal(double lambda) {
        return lambda;
    }
}
