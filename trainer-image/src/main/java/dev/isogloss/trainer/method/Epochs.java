package dev.isogloss.trainer.method;

import org.jspecify.annotations.Nullable;

/// The length of a training.
///
/// @param epochs     passes over the data; fractions are fine
/// @param maxUpdates null: no limit
public record Epochs(double epochs, @Nullable Integer maxUpdates) {

    /// Updates in all, at least one.
    ///
    /// @param perEpoch updates in one epoch
    public long updates(double perEpoch) {
        long updates = (long) Math.ceil(epochs * perEpoch);
        return Math.max(1, maxUpdates == null ? updates : Math.min(maxUpdates, updates));
    }
}
