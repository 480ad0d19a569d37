package dev.isogloss.trainer.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Activation checkpointing (Chen et al., 2016): a part of a computation that is not recorded when it runs. Only its
/// inputs stay in memory; when gradients are taken, it is computed once more, recorded this time, and thrown away
/// again.
/// Memory falls from all layers' activations to one layer's, for one more forward pass. The result is the same bits,
/// provided that the part is a pure function of its inputs and weights (dropout masks are drawn again from their
/// counters: [Dropout#again]).
public final class Recomputation implements Cut {

    private final List<Tensor> inputs;
    private final List<Tensor> weights;
    private final Function<List<Tensor>, Tensor> part;
    private final Tensor output;

    private Recomputation(
            List<Tensor> inputs, List<Tensor> weights, Function<List<Tensor>, Tensor> part, Tensor output) {
        this.inputs = inputs;
        this.weights = weights;
        this.part = part;
        this.output = output;
    }

    /// `part(inputs)`, remembered by the innermost scope so that [Gradients] finds it there. Without recording, just
    /// that.
    ///
    /// @param weights every weight the part reads
    public static Tensor of(List<Tensor> inputs, List<Tensor> weights, Function<List<Tensor>, Tensor> part) {
        if (!GradMode.isEnabled()) {
            return part.apply(inputs);
        }
        Scope scope = Scope.innermost();
        Tensor output;
        try (Scope inside = Scope.open();
                GradMode _ = GradMode.disabled()) {
            output = Operators.call("leaf_alias", part.apply(inputs)).keep(scope);
        }
        scope.remember(new Recomputation(List.copyOf(inputs), List.copyOf(weights), part, output));
        return output;
    }

    @Override
    public List<Tensor> inputs() {
        return inputs;
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
        List<Tensor> fresh = inputs.stream()
                .map(input -> input.requiresGradient() ? Operators.call("leaf_alias", input) : input)
                .toList();
        List<Tensor> through = new ArrayList<>();
        List<Tensor> meant = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).requiresGradient()) {
                through.add(fresh.get(i));
                meant.add(inputs.get(i));
            }
        }
        weights.stream().filter(backwards::wants).forEach(weight -> {
            through.add(weight);
            meant.add(weight);
        });
        Tensor again = GradMode.with(() -> part.apply(fresh));
        List<Tensor> gradients =
                Gradients.plain(List.of(again), through, List.of(backwards.arrivedAt(output)), false, false);
        for (int i = 0; i < meant.size(); i++) backwards.pass(meant.get(i), gradients.get(i));
    }
}
