package dev.isogloss.trainer.tensor;

import java.util.List;

/// Steps over whole lists of tensors in one call, in place. Lists of one call have the same length and order.
public final class Kernels {

    private Kernels() {}

    /// One update of AdamW (Loshchilov & Hutter, ICLR 2019), as PyTorch fuses it:
    ///
    ///     θ ← θ − ηλθ;  m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  θ ← θ − η m̂ / (√v̂ + ε)
    ///
    /// @param step per weight, a tensor of shape [] that counts the updates so far; it is raised by one first
    public static void adamw(
            List<Tensor> weights,
            List<Tensor> gradients,
            List<Tensor> m,
            List<Tensor> v,
            List<Tensor> step,
            double rate,
            double beta1,
            double beta2,
            double decay,
            double epsilon) {
        if (!weights.isEmpty()) {
            still("adamw", weights, gradients, m, v, step, rate, beta1, beta2, decay, epsilon);
        }
    }

    /// Scales the gradients so that their common norm is at most `most`; gives the norm before, shape [].
    public static Tensor clipNorm(List<Tensor> gradients, double most) {
        return GradMode.without(() -> Operators.call("clip_norm", gradients, most));
    }

    /// a ← a + weight·(b − a).
    public static void lerp(List<Tensor> a, List<Tensor> b, double weight) {
        if (!a.isEmpty()) {
            still("lerp", a, b, weight);
        }
    }

    /// a ← a + factor·b.
    public static void add(List<Tensor> a, List<Tensor> b, double factor) {
        if (!a.isEmpty()) {
            still("add_all", a, b, factor);
        }
    }

    /// a ← factor·a.
    public static void scale(List<Tensor> a, double factor) {
        if (!a.isEmpty()) {
            still("scale_all", a, factor);
        }
    }

    private static void still(String operator, Object... arguments) {
        try (GradMode _ = GradMode.disabled()) {
            Operators.act(operator, arguments);
        }
    }
}
