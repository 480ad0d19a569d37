package dev.isogloss.trainer.method;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The batches that a training reads, update by update: a function of seed and number, so that a resumed training reads
/// on where it stopped.
public interface Batching {

    /// Updates that read every item about once, > 0.
    long updatesPerEpoch();

    /// Updates in all, at least one.
    ///
    /// @param epochs fractions are fine
    /// @param most   null: no limit
    default long updates(double epochs, @Nullable Integer most) {
        long updates = (long) Math.ceil(epochs * updatesPerEpoch());
        return Math.max(1, most == null ? updates : Math.min(most, updates));
    }

    /// @param update counted from 0
    /// @return the update's items by number, micro-batch by micro-batch
    List<int[]> microBatches(long update);
}
