package dev.isogloss.trainer.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Activation checkpointing (Chen et al., 2016): a part of a computation that is not recorded when it runs. Only its
/// inputs stay in memory; when gradients are taken, it is computed once more, recorded this time, and thrown away
/// again.
/// Memory falls from all layers' activations to one layer's, for one more forward pass. The result is the same bits,
/// provided that the part is a pure function of its inputs and weights (dropout masks are drawn again from their
/// counters: [Dropout#again]).
public final class Recomputation {

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

    /// The parts of one scope, in the order they were computed.
    static final class Tape {
        private final List<Recomputation> parts = new ArrayList<>();
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
        scope.tape().parts.add(new Recomputation(List.copyOf(inputs), List.copyOf(weights), part, output));
        return output;
    }

    /// The remembered parts of this thread, oldest first, that a gradient for `wanted` may have to pass.
    static List<Recomputation> relevantTo(List<Tensor> wanted) {
        List<Recomputation> all = Scope.openOnThisThread().reversed().stream()
                .flatMap(scope -> scope.tape().parts.stream())
                .toList();
        Map<Tensor, Boolean> reached = new IdentityHashMap<>();
        wanted.forEach(tensor -> reached.put(tensor, true));
        List<Recomputation> relevant = new ArrayList<>();
        for (Recomputation part : all) {
            boolean reaches = Stream.concat(part.inputs.stream(), part.weights.stream())
                    .anyMatch(tensor -> reached.containsKey(tensor) || tensor.isComputedFromWeights());
            if (reaches) {
                reached.put(part.output, true);
                relevant.add(part);
            }
        }
        return relevant;
    }

    /// Gradients through the recorded computation and, newest first, through the parts it was cut at.
    static List<Tensor> backwards(List<Recomputation> parts, Tensor loss, List<Tensor> wanted) {
        Scope scope = Scope.innermost();
        Sums sums = new Sums(scope);
        List<Tensor> cuts = parts.stream().map(part -> part.output).toList();
        sums.addThrough(loss, List.of(), wanted, cuts);
        for (Recomputation part : parts.reversed()) {
            try (Scope inside = Scope.open()) {
                part.addGradients(sums, wanted, cuts);
            }
        }
        return wanted.stream().map(sums::get).toList();
    }

    private void addGradients(Sums sums, List<Tensor> wanted, List<Tensor> cuts) {
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
        weights.stream().filter(wanted::contains).forEach(weight -> {
            through.add(weight);
            meant.add(weight);
        });
        Tensor again = GradMode.with(() -> part.apply(fresh));
        List<Tensor> gradients = Gradients.plain(List.of(again), through, List.of(sums.get(output)), false, false);
        for (int i = 0; i < meant.size(); i++) {
            Tensor target = meant.get(i);
            if (target.isComputedFromWeights()) {
                sums.addThrough(target, List.of(gradients.get(i)), wanted, cuts);
            } else {
                sums.add(target, gradients.get(i));
            }
        }
    }

    /// Gradients that have arrived so far at weights and at the outputs of parts.
    private static final class Sums {
        private final Map<Tensor, Tensor> arrived = new IdentityHashMap<>();
        private final Scope scope;

        Sums(Scope scope) {
            this.scope = scope;
        }

        Tensor get(Tensor target) {
            Tensor sum = arrived.get(target);
            if (sum == null) {
                sum = Tensor.zeros(target.shape()).keep(scope);
                arrived.put(target, sum);
            }
            return sum;
        }

        void add(Tensor target, Tensor gradient) {
            Tensor before = arrived.get(target);
            arrived.put(target, (before == null ? gradient : before.plus(gradient)).keep(scope));
        }

        /// Follows the recorded computation of `from` down to weights and cuts.
        void addThrough(Tensor from, List<Tensor> seeds, List<Tensor> wanted, List<Tensor> cuts) {
            List<Tensor> targets =
                    Stream.concat(wanted.stream(), cuts.stream()).distinct().toList();
            List<Tensor> gradients = Gradients.plain(List.of(from), targets, seeds, true, false);
            for (int i = 0; i < targets.size(); i++) {
                add(targets.get(i), gradients.get(i));
            }
        }
    }
}
