package dev.isogloss.trainer.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A layer of an encoder whose gradient is written out (`layer_gradients.py`) instead of recorded: fewer passes over
/// memory, and products of matrices in float32 by whichever library is the faster one on this processor.
///
/// What the way back reads is kept until a gradient has been taken, then freed. Whoever asks a second time, or never
/// kept it (activation checkpointing: Chen et al., 2016), has the layer computed once more: the same bits.
final class LayerCut implements Cut {

    /// The ways of the tokens, everything but the numbers themselves.
    ///
    /// @param first whether only the first token of every text is wanted
    /// @param kind libtorch's number for the type of the products' numbers
    /// @param grow what surviving attention probabilities are still to be multiplied with
    /// @param oneDnn whether oneDNN multiplies what is in float32
    record Shape(
            AttentionGroups groups, int heads, boolean first, int kind, double grow, double epsilon, boolean oneDnn) {
        private List<Tensor> asking() {
            return first ? groups.asking() : List.of();
        }

        private List<Tensor> back() {
            return first ? groups.backOfFirst() : groups.back();
        }
    }

    /// @param attention factors of each group's attention probabilities; or none
    /// @param additions factors of both residual additions; or none
    record Masks(List<Tensor> attention, List<Tensor> additions) {}

    /// @param tensors   the layer's output first; factors of attention probabilities are among them
    /// @param additions factors of both residual additions; or none
    private record Kept(List<Tensor> tensors, List<Tensor> additions) {
        private List<Tensor> ofTheWayBack() {
            return tensors.subList(1, tensors.size());
        }

        private void free() {
            ofTheWayBack().forEach(Tensor::free);
            additions.forEach(Tensor::free);
        }
    }

    private final Tensor x;
    private final List<Tensor> weights;
    private final Shape shape;
    private final Supplier<Masks> draw;
    private final Tensor output;
    private @Nullable Kept kept;

    private LayerCut(
            Tensor x, List<Tensor> weights, Shape shape, Supplier<Masks> draw, Tensor output, @Nullable Kept kept) {
        this.x = x;
        this.weights = weights;
        this.shape = shape;
        this.draw = draw;
        this.output = output;
        this.kept = kept;
    }

    /// The layer's output, [t, h] or [b, h], remembered by the innermost scope so that [Gradients] finds it there.
    ///
    /// @param draw    gives the same masks each time
    /// @param keeping whether what the way back reads stays in memory
    static Tensor of(Tensor x, List<Tensor> weights, Shape shape, Supplier<Masks> draw, boolean keeping) {
        Scope scope = Scope.innermost();
        try (GradMode _ = GradMode.disabled();
                Scope _ = Scope.open()) {
            Kept all = computed(x, weights, shape, draw);
            Tensor output =
                    Operators.call("leaf_alias", all.tensors().getFirst()).keep(scope);
            if (keeping) keep(all, scope);
            scope.remember(new LayerCut(x, List.copyOf(weights), shape, draw, output, keeping ? all : null));
            return output;
        }
    }

    private static void keep(Kept all, Scope scope) {
        all.ofTheWayBack().forEach(tensor -> tensor.keep(scope));
        all.additions().forEach(factors -> factors.keep(scope));
    }

    private static Kept computed(Tensor x, List<Tensor> weights, Shape shape, Supplier<Masks> draw) {
        Masks masks = draw.get();
        AttentionGroups groups = shape.groups();
        List<Tensor> tensors = Operators.callForMany(
                "layer_forward",
                x,
                shape.asking(),
                groups.spread(),
                shape.back(),
                groups.sizes(),
                groups.padding(),
                weights,
                masks.attention(),
                masks.additions(),
                shape.heads(),
                shape.kind(),
                shape.grow(),
                shape.epsilon(),
                shape.oneDnn());
        return new Kept(tensors, masks.additions());
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public List<Tensor> weights() {
        return weights;
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public void addGradients(Backwards backwards) {
        boolean ofWeights = weights.stream().anyMatch(backwards::wants);
        Kept now;
        List<Tensor> gradients;
        try (GradMode _ = GradMode.disabled()) {
            now = kept == null ? computed(x, weights, shape, draw) : kept;
            gradients = gradients(backwards.arrivedAt(output), now, ofWeights);
        }
        kept = null;
        now.free();
        if (x.requiresGradient()) backwards.pass(x, gradients.getFirst());
        List<Tensor> rest = new ArrayList<>(gradients.subList(1, gradients.size()));
        for (int i = 0; i < rest.size(); i++)
            if (backwards.wants(weights.get(i))) backwards.give(weights.get(i), rest.get(i));
    }

    private List<Tensor> gradients(Tensor arrived, Kept now, boolean ofWeights) {
        AttentionGroups groups = shape.groups();
        return Operators.callForMany(
                "layer_backward",
                arrived,
                x,
                now.ofTheWayBack(),
                shape.asking(),
                shape.back(),
                groups.back(),
                groups.sizes(),
                weights,
                now.additions(),
                shape.heads(),
                shape.kind(),
                shape.grow(),
                shape.oneDnn(),
                ofWeights);
    }
}
