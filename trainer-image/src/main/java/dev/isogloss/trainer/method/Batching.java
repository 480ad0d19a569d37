package dev.isogloss.trainer.method;

import java.util.List;

/// The batches that a training reads, update by update: a function of seed and number, so that a resumed training reads
/// on where it stopped.
public interface Batching {

    /// Updates that read every item about once, > 0.
    long updatesPerEpoch();

    /// @param update counted from 0
    /// @return the update's items by number, micro-batch by micro-batch
    List<int[]> microBatches(long update);
}
