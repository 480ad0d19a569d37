package dev.isogloss.trainer.method;

import dev.isogloss.api.BatchOrder;
import dev.isogloss.trainer.loop.Batches;
import java.util.List;

/// Which items an update reads: epochs of batches, `accumulation` batches an update.
final class BatchPlan {
    private final int[] lengths;
    private final int batchSize;
    private final int accumulation;
    private final BatchOrder order;
    private final long seed;
    private long epoch = -1;
    private List<int[]> batches = List.of();

    BatchPlan(int[] lengths, int batchSize, int accumulation, BatchOrder order, long seed) {
        this.lengths = lengths;
        this.batchSize = batchSize;
        this.accumulation = accumulation;
        this.order = order;
        this.seed = seed;
    }

    /// The last update of an epoch may hold fewer batches.
    long updatesPerEpoch() {
        long batchesPerEpoch = (lengths.length + batchSize - 1) / batchSize;
        return (batchesPerEpoch + accumulation - 1) / accumulation;
    }

    /// @return the items' indices, micro-batch by micro-batch
    List<int[]> microBatches(long update) {
        long asked = update / updatesPerEpoch();
        if (asked != epoch) {
            epoch = asked;
            batches = Batches.ofEpoch(lengths, batchSize, order, seed, epoch);
        }
        int from = (int) (update % updatesPerEpoch()) * accumulation;
        return batches.subList(from, Math.min(batches.size(), from + accumulation));
    }
}
