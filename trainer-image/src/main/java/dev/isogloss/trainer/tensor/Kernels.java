package dev.isogloss.trainer.tensor;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Steps over whole lists of tensors in one call, in place. Lists of one call have the same length and order.
public final class Kernels {

    private Kernels() {}

    /// One update of AdamW (Loshchilov & Hutter, ICLR 2019), as PyTorch fuses it:
    ///
    ///     θ ← θ − ηλθ;  m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  θ ← θ − η m̂ / (√v̂ + ε)
    ///
    /// @param step per weight, a tensor of shape [] that counts the updates so far; it is raised by one first
    /// @param skip shape []; 1: everything stays as it is, 0: it does not
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
            double epsilon,
            Tensor skip) {
        if (!weights.isEmpty()) {
            still("adamw", weights, gradients, m, v, step, rate, beta1, beta2, decay, epsilon, skip);
        }
    }

    /// 1 if one of the numbers, each of one element, is NaN or infinite, else 0; shape []. Nothing waits for it.
    public static Tensor isNotFinite(List<Tensor> numbers) {
        return GradMode.without(() -> Operators.call("not_finite", Operators.call("numbers", numbers)));
    }

    /// The place of the first tensor that holds NaN or infinities. Waits once, unless one holds them, or numbers so
    /// great that their squares overflow.
    public static OptionalInt firstNotFinite(List<Tensor> tensors) {
        int[] places = IntStream.range(0, tensors.size())
                .filter(i -> tensors.get(i).count() > 0)
                .toArray();
        if (places.length == 0) return OptionalInt.empty();
        List<Tensor> some = IntStream.of(places).mapToObj(tensors::get).toList();
        if (notFinite(some, 2).findAny().isEmpty()) return OptionalInt.empty();
        return notFinite(some, Double.POSITIVE_INFINITY).map(i -> places[i]).findFirst();
    }

    /// @param order 2: the root of the sum of squares; infinity: the greatest number
    private static IntStream notFinite(List<Tensor> tensors, double order) {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.disabled()) {
            double[] norms = Operators.call("norms", tensors, order).toDoubles();
            return IntStream.range(0, norms.length).filter(i -> !Double.isFinite(norms[i]));
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

    /// a ← factor·a.
    ///
    /// @param factor shape []
    static void scale(List<Tensor> a, Tensor factor) {
        if (!a.isEmpty()) {
            still("scale_all_by", a, factor);
        }
    }

    private static void still(String operator, Object... arguments) {
        try (GradMode _ = GradMode.disabled()) {
            Operators.act(operator, arguments);
        }
    }
}
