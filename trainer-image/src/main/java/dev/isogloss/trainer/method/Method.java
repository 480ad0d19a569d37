package dev.isogloss.trainer.method;

import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// The objective of a training. The loop asks for the objectives of one update after another and does the rest:
/// gradients, clipping, optimiser, schedule, checkpoints, evaluation.
///
/// A method never steps an optimiser, logs or evaluates. Whatever it draws at random is a function of its seed and
/// the number of the update, so that a resumed training draws the same.
public interface Method extends AutoCloseable {

    /// The same at every call.
    Optimisation optimisation();

    default List<ParameterGroup> groups() {
        return optimisation().groups();
    }

    default long updates() {
        return optimisation().updates();
    }

    default long updatesPerEpoch() {
        return optimisation().updatesPerEpoch();
    }

    /// The losses that an update descends, computed lazily.
    ///
    /// @param update counted from 0
    List<Objective> objectives(long update);

    /// Called once before the first update of a training that is not resumed: statistics, an inner problem.
    default void prepare() {}

    /// Tensors beside the parameters that decide how the training goes on (running statistics). A resumed training
    /// writes what they held into them.
    default Map<String, Tensor> state() {
        return Map.of();
    }

    /// Further numbers for the curve, in a fixed order, as the last update left them.
    default Map<String, Double> readings() {
        return Map.of();
    }

    @Override
    default void close() {}
}
