package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.task.HeadOutput;
import dev.isogloss.trainer.tensor.Tensor;

/// The input of the critic: the feature conditioned on the prediction (CDAN: Long et al., NeurIPS 2018).
///
///     z̃ = vec(ŷ ⊗ g(x))          class-major: the k-th block of d numbers is ŷₖ·g(x)
///
/// Paper: does not say whether gradients pass through ŷ. Authors' code: they do not; so here. The classifier's opinion
/// is taken as given, the feature is what moves.
final class ConditionedFeature {
    private ConditionedFeature() {}

    /// @return z̃, [n, k·d]
    static Tensor of(HeadOutput batch) {
        return of(batch.logits(), batch.features());
    }

    /// @param logits   [n, k]
    /// @param features g(x), [n, d]
    static Tensor of(Tensor logits, Tensor features) {
        Tensor yHat = logits.detach().softmax(1); // [n, k]
        long n = yHat.size(0);
        return yHat.reshape(n, -1, 1).times(features.reshape(n, 1, -1)).reshape(n, -1); // [n, k, d] → [n, k·d]
    }
}
