package dev.isogloss.trainer.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Products of a [Tensor] with others, and what sums it up along an axis.
abstract sealed class Algebra extends Layout permits Tensor {

    public Tensor matmul(Tensor other) {
        return Operators.call("matmul", this, other);
    }

    /// x Wᵀ + b for W [out, in].
    public Tensor linear(Tensor weight, Tensor bias) {
        return Operators.call("linear", this, weight, bias);
    }

    /// Normalised over the last axis, then scaled and shifted.
    public Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
        return Operators.call("layer_norm", this, weight, bias, epsilon);
    }

    /// `einsum("bi,bj->bij", x, y)` and its like.
    public static Tensor einsum(String equation, Tensor... tensors) {
        return Operators.call("einsum", equation, List.of(tensors));
    }

    /// softmax(q kᵀ / √d + padding) v without keeping the probabilities; q, k, v [b, heads, s, d].
    public static Tensor attention(Tensor q, Tensor k, Tensor v, @Nullable Tensor padding) {
        return Operators.call("attention", q, k, v, padding == null ? List.of() : List.of(padding));
    }

    public Tensor sum() {
        return Operators.call("sum", this);
    }

    public Tensor sum(int axis, boolean keep) {
        return Operators.call("sum_axis", this, axis, keep);
    }

    public Tensor mean() {
        return Operators.call("mean", this);
    }

    public Tensor mean(int axis, boolean keep) {
        return Operators.call("mean_axis", this, axis, keep);
    }

    public Tensor max(int axis) {
        return Operators.call("max_axis", this, axis, false);
    }

    public Tensor min(int axis) {
        return Operators.call("min_axis", this, axis, false);
    }

    public Tensor argmax(int axis) {
        return Operators.call("argmax", this, axis);
    }

    public Tensor softmax(int axis) {
        return Operators.call("softmax", this, axis);
    }

    public Tensor logSoftmax(int axis) {
        return Operators.call("log_softmax", this, axis);
    }

    public Tensor logSumExp(int axis) {
        return Operators.call("logsumexp", this, axis, false);
    }

    /// √Σx², of all elements.
    public Tensor norm() {
        return Operators.call("norm", this);
    }

    public boolean allFinite() {
        return HostReads.waiting(() -> Operators.ask("all_finite", this));
    }
}
