package dev.isogloss.api.method;

import org.jspecify.annotations.Nullable;

/// The hyperparameters of a method that trains by gradients.
public interface TrainedMethod {
    TrainingSettings training();

    default double epochs() {
        return training().epochs();
    }

    default @Nullable Integer maxUpdates() {
        return training().maxUpdates();
    }

    default int batchSize() {
        return training().batchSize();
    }

    default double dropout() {
        return training().dropout();
    }

    default BatchOrder batchOrder() {
        return training().batchOrder();
    }

    default Optimiser optimiser() {
        return training().optimiser();
    }
}
