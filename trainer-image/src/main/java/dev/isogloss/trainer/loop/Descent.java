package dev.isogloss.trainer.loop;

import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.LateNumbers;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The work of a method's updates: objective by objective the gradients, and the steps of its optimisers. It waits
/// for no number, so that a GPU has the next update before it has done this one.
final class Descent {
    private final Method method;
    private final List<AdamW> optimisers;

    private record Accumulated(List<Tensor> losses, List<Tensor> gradients) {}

    /// The optimisers' moments live as long as the innermost scope.
    Descent(Method method) {
        this.method = method;
        this.optimisers = method.groups().stream().map(AdamW::new).toList();
    }

    /// @param number counted from 0
    UnreadUpdate update(long number) {
        try (Scope all = Scope.open()) {
            List<Objective> objectives = method.objectives(number);
            List<Tensor> losses = new ArrayList<>();
            for (Objective objective : objectives) losses.addAll(step(objective, number, all));
            return new UnreadUpdate(objectives, LateNumbers.of(losses));
        }
    }

    /// A loss that is no number moves nothing, and whoever reads it ends the training.
    ///
    /// @return the losses of the parts, in the scope `all`
    private List<Tensor> step(Objective objective, long number, Scope all) {
        try (Scope whole = Scope.open()) {
            List<AdamW> stepping = optimisers.stream()
                    .filter(optimiser ->
                            objective.steps().contains(optimiser.group().name()))
                    .toList();
            List<Tensor> parameters = stepping.stream()
                    .flatMap(optimiser -> optimiser.parameters().stream())
                    .toList();
            Accumulated total = accumulate(objective, parameters, whole);
            Tensor skip = Kernels.isNotFinite(total.losses());
            int from = 0;
            for (AdamW optimiser : stepping) {
                int to = from + optimiser.parameters().size();
                optimiser.step(total.gradients().subList(from, to), number, skip);
                from = to;
            }
            total.losses().forEach(loss -> loss.keep(all));
            return total.losses();
        }
    }

    /// One micro-batch's graph at a time: it is gone before the next is built.
    private static Accumulated accumulate(Objective objective, List<Tensor> parameters, Scope whole) {
        List<Tensor> losses = new ArrayList<>();
        List<Tensor> gradients = List.of();
        for (Objective.Part part : objective.parts()) {
            try (Scope graph = Scope.open()) {
                Tensor value = GradMode.with(() -> part.weight() == 1
                        ? part.loss().get()
                        : part.loss().get().times(part.weight()));
                List<Tensor> own = Gradients.of(value, parameters, false);
                if (gradients.isEmpty()) {
                    gradients = own;
                    own.forEach(gradient -> gradient.keep(whole));
                } else {
                    Kernels.add(gradients, own, 1);
                }
                losses.add(value.detach().keep(whole));
            }
        }
        return new Accumulated(losses, gradients);
    }

    /// Parameters, moments and step counts by name: what a checkpoint holds of the optimisers.
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        optimisers.forEach(optimiser -> state.putAll(optimiser.state()));
        return state;
    }
}
