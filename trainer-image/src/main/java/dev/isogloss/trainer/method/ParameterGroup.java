package dev.isogloss.trainer.method;

import dev.isogloss.api.method.Optimiser;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.SequencedMap;

/// Parameters that one optimiser steps: an encoder with its head, a critic, importance weights.
///
/// @param name        unique within the method
/// @param parameters  leaf tensors by name, in a fixed order
/// @param weightDecay decoupled; of importance weights it may be greater than an optimiser's
public record ParameterGroup(
        String name,
        SequencedMap<String, Tensor> parameters,
        LearningRate rate,
        Optimiser optimiser,
        double weightDecay) {

    /// A group that is decayed as its optimiser says.
    public ParameterGroup(
            String name, SequencedMap<String, Tensor> parameters, LearningRate rate, Optimiser optimiser) {
        this(name, parameters, rate, optimiser, optimiser.weightDecay());
    }

    /// A group whose rate follows the optimiser's schedule.
    ///
    /// @param peak of the learning rate
    public ParameterGroup(
            String name, SequencedMap<String, Tensor> parameters, double peak, Optimiser optimiser, long updates) {
        this(
                name,
                parameters,
                LearningRate.of(peak, optimiser.schedule(), optimiser.warmupFraction(), updates),
                optimiser);
    }

    /// The factor by which weight decay alone shrinks a weight whose gradient is always 0, Π(1 − ηλ).
    public double decay(long updates) {
        double product = 1;
        for (long update = 0; update < updates; update++) product *= 1 - rate.at(update) * weightDecay;
        return product;
    }

    /// Biases and LayerNorm weights are not decayed (as in BERT: Devlin et al., NAACL 2019, A.2).
    public static boolean isDecayed(String parameter) {
        return !parameter.contains("bias") && !parameter.contains("LayerNorm.weight");
    }
}
