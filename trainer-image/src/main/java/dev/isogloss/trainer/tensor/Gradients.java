package dev.isogloss.trainer.tensor;

import java.util.List;

/// Derivatives. They are returned, never stored in the weights, so two losses cannot mix by accident.
public final class Gradients {

    private Gradients() {}

    /// ∂loss/∂input for every input, of its shape; zeros for inputs the loss does not depend on.
    ///
    /// @param loss of shape [], computed while [GradMode] was on
    /// @param createGraph whether the gradients can themselves be differentiated
    public static List<Tensor> of(Tensor loss, List<Tensor> inputs, boolean createGraph) {
        return of(loss, inputs, createGraph, createGraph);
    }

    /// @param keepGraph whether another gradient will be taken through the same computation
    public static List<Tensor> of(Tensor loss, List<Tensor> inputs, boolean createGraph, boolean keepGraph) {
        if (loss.count() != 1) {
            throw new IllegalArgumentException("gradients are taken of one number, not of " + loss);
        }
        if (!loss.requiresGradient()) {
            throw new IllegalStateException(
                    "the loss was computed without recording; compute it while" + " GradMode.enabled() is open");
        }
        List<Cut> cuts = Backwards.cutsBefore(inputs);
        if (cuts.isEmpty()) {
            return plain(List.of(loss), inputs, List.of(), keepGraph, createGraph);
        }
        if (createGraph) {
            throw new IllegalStateException("second derivatives cannot be taken through an encoder's layers, whose"
                    + " gradient is written out");
        }
        return Backwards.from(loss, inputs, cuts);
    }

    /// The same for cuts, whose computation is kept: of no elements for targets that `from` does not depend on.
    static List<Tensor> reaching(Tensor from, List<Tensor> targets, List<Tensor> seeds) {
        return Operators.callForMany("grad", List.of(from), targets, seeds, true, false, false);
    }

    static List<Tensor> plain(
            List<Tensor> outputs, List<Tensor> inputs, List<Tensor> seeds, boolean keep, boolean createGraph) {
        return inputs.isEmpty()
                ? List.of()
                : Operators.callForMany("grad", outputs, inputs, seeds, keep, createGraph, true);
    }
}
