package dev.isogloss.trainer.method.iwda;

import dev.isogloss.api.method.Iwda.CriticOutput;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// The critic f, a ReLU network with one hidden layer (App. C.1), and the penalty that keeps it nearly 1-Lipschitz:
///
///     f(z)  =  u·relu(W₁z + b₁) + c            u = W₂ (Single)  or  W₂[0] − W₂[1] (Difference), c likewise of b₂
///     GP    =  1/ñ Σᵢ ‖∇f(z̄ᵢ)‖²               z̄ᵢ = uᵢz̃ᵢ + (1 − uᵢ)z̃′ᵢ,  uᵢ ~ U(0, 1),  ñ = min(n, m)
///     ∇f(z) =  (1[W₁z + b₁ > 0] ∘ u) W₁
///
/// The activity of hidden units changes on a set of measure 0 only, so the closed form of ∇f is differentiated
/// with the indicator as a constant: what a second backward pass would give, without one (zero-centred: Thanh-Tung
/// et al., ICLR 2019).
///
/// Paper: interpolates g(x), but f reads g(x) ⊗ h(g(x)). Authors' code: interpolates what f reads; so do we.
///
/// @param w1 [h, k·d]
/// @param b1 [h]
/// @param w2 [1, h] or [2, h]
/// @param b2 [1] or [2]
public record Critic(Tensor w1, Tensor b1, Tensor w2, Tensor b2) {

    /// New weights, uniform within ±1/√inputs, as PyTorch's linear layers begin.
    static Map<String, Tensor> fresh(int inputs, int width, CriticOutput output, RandomStream random) {
        int outputs = output == CriticOutput.Single ? 1 : 2;
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("hidden.weight", uniform(random, inputs, width, inputs));
        parameters.put("hidden.bias", uniform(random, inputs, width));
        parameters.put("score.weight", uniform(random, width, outputs, width));
        parameters.put("score.bias", uniform(random, width, outputs));
        return parameters;
    }

    private static Tensor uniform(RandomStream random, int inputs, long... shape) {
        int count = 1;
        for (long size : shape) count = Math.multiplyExact(count, Math.toIntExact(size));
        double bound = 1 / Math.sqrt(inputs);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        return Tensor.of(values, shape);
    }

    /// @param z [n, k·d]
    /// @return f, [n]
    public Tensor score(Tensor z) {
        Tensor outputs = z.linear(w1, b1).relu().linear(w2, b2); // [n, 1 or 2]
        Tensor first = outputs.select(1, 0);
        return outputs.size(1) == 1 ? first : first.minus(outputs.select(1, 1)); // [n]
    }

    /// @param z [n, k·d]
    /// @return ∇f, [n, k·d]
    public Tensor gradient(Tensor z) {
        Tensor on = z.linear(w1, b1).detach().greaterThan(0); // [n, h]
        Tensor u = w2.size(0) == 1 ? w2.select(0, 0) : w2.select(0, 0).minus(w2.select(0, 1)); // [h]
        return on.times(u).matmul(w1); // [n, k·d]
    }

    /// @param zBar [ñ, k·d], a constant
    /// @return GP, []
    public Tensor penalty(Tensor zBar) {
        return gradient(zBar).square().sum(1, false).mean();
    }

    /// Points between the first ñ of either side, paired in the batch's order.
    ///
    /// @param u [ñ], between 0 and 1
    /// @return z̄, [ñ, k·d], a constant
    public static Tensor between(Tensor z, Tensor zPrime, Tensor u) {
        long pairs = u.size(0);
        Tensor share = u.reshape(-1, 1);
        Tensor from = zPrime.detach().slice(0, 0, pairs);
        return from.plus(z.detach().slice(0, 0, pairs).minus(from).times(share));
    }
}
