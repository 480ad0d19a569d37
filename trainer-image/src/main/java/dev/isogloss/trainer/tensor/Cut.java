package dev.isogloss.trainer.tensor;

import java.util.List;

/// A place where the recorded computation of a scope is cut: libtorch does not know how the output follows from the
/// inputs, and [Backwards] asks this instead.
sealed interface Cut permits LayerCut, Recomputation, WordCrossEntropy {

    List<Tensor> inputs();

    List<Tensor> weights();

    Tensor output();

    /// Passes on to inputs and weights what has arrived at the output.
    void addGradients(Backwards backwards);
}
