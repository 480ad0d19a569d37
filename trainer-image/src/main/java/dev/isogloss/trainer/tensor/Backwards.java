package dev.isogloss.trainer.tensor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One way back from a loss to the weights, through the recorded computation and, newest first, through the places
/// where it is cut.
final class Backwards {
    private final Map<Tensor, Tensor> arrived = new IdentityHashMap<>();
    private final Scope scope = Scope.innermost();
    private final List<Tensor> wanted;
    private final List<Tensor> cuts;

    private Backwards(List<Tensor> wanted, List<Tensor> cuts) {
        this.wanted = wanted;
        this.cuts = cuts;
    }

    /// The cuts on this thread, oldest first, that a gradient for `wanted` may have to pass.
    static List<Cut> cutsBefore(List<Tensor> wanted) {
        Map<Tensor, Boolean> reached = new IdentityHashMap<>();
        wanted.forEach(tensor -> reached.put(tensor, true));
        List<Cut> relevant = new ArrayList<>();
        for (Scope scope : Scope.openOnThisThread().reversed()) {
            for (Cut cut : scope.cuts()) {
                boolean reaches = Stream.concat(cut.inputs().stream(), cut.weights().stream())
                        .anyMatch(tensor -> reached.containsKey(tensor) || tensor.isComputedFromWeights());
                if (reaches) {
                    reached.put(cut.output(), true);
                    relevant.add(cut);
                }
            }
        }
        return relevant;
    }

    /// ∂loss/∂wanted.
    static List<Tensor> from(Tensor loss, List<Tensor> wanted, List<Cut> cuts) {
        Backwards backwards =
                new Backwards(wanted, cuts.stream().map(Cut::output).toList());
        if (backwards.cuts.contains(loss)) backwards.add(loss, Tensor.ones());
        else backwards.follow(loss, List.of());
        for (Cut cut : cuts.reversed()) {
            if (!backwards.arrived.containsKey(cut.output())) continue; // of another loss
            try (Scope _ = Scope.open()) {
                cut.addGradients(backwards);
            }
            backwards.forget(cut.output());
        }
        return wanted.stream().map(backwards::arrivedAt).toList();
    }

    /// Frees what has arrived at a cut that was passed.
    private void forget(Tensor output) {
        if (!wants(output)) requireNonNull(arrived.remove(output)).free();
    }

    boolean wants(Tensor weight) {
        return wanted.contains(weight);
    }

    Tensor arrivedAt(Tensor target) {
        Tensor sum = arrived.get(target);
        if (sum == null) {
            sum = Tensor.zeros(target.shape()).keep(scope);
            arrived.put(target, sum);
        }
        return sum;
    }

    /// Hands a gradient to a weight or a cut, or follows it further back.
    void pass(Tensor target, Tensor gradient) {
        if (target.isComputedFromWeights()) follow(target, List.of(gradient));
        else add(target, gradient);
    }

    /// Hands a gradient to a weight and with it the memory: what has arrived before is added to it in place.
    void give(Tensor weight, Tensor gradient) {
        Tensor before = arrived.put(weight, gradient.keep(scope));
        if (before == null) return;
        Kernels.add(List.of(gradient), List.of(before), 1);
        before.free();
    }

    private void add(Tensor target, Tensor gradient) {
        Tensor before = arrived.get(target);
        arrived.put(target, (before == null ? gradient : before.plus(gradient)).keep(scope));
        if (before != null) before.free();
    }

    /// Follows the recorded computation of `from` down to weights and cuts.
    private void follow(Tensor from, List<Tensor> seeds) {
        List<Tensor> targets =
                Stream.concat(wanted.stream(), cuts.stream()).distinct().toList();
        List<Tensor> gradients = Gradients.reaching(from, targets, seeds);
        for (int i = 0; i < targets.size(); i++)
            if (gradients.get(i).count() > 0) add(targets.get(i), gradients.get(i));
            else gradients.get(i).free();
    }
}
