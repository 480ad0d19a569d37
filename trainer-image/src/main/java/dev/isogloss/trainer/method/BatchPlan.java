package dev.isogloss.trainer.method;

import dev.isogloss.api.method.BatchOrder;
import java.util.List;
import java.util.function.LongFunction;

/// Epochs of batches over all items, `accumulation` batches an update.
public final class BatchPlan implements Batching {
    private final LongFunction<int[]> lengths;
    private final int batchSize;
    private final int accumulation;
    private final BatchOrder order;
    private final long seed;
    private final long updatesPerEpoch;
    private long epoch = -1;
    private List<int[]> batches = List.of();

    /// @param sequences in an epoch
    /// @param lengths   of an epoch's sequences; asked for once when the epoch begins
    public BatchPlan(
            int sequences, LongFunction<int[]> lengths, int batchSize, int accumulation, BatchOrder order, long seed) {
        this.lengths = lengths;
        this.batchSize = batchSize;
        this.accumulation = accumulation;
        this.order = order;
        this.seed = seed;
        long batchesPerEpoch = (sequences + batchSize - 1) / batchSize;
        updatesPerEpoch = (batchesPerEpoch + accumulation - 1) / accumulation;
    }

    /// The last update of an epoch may hold fewer batches.
    @Override
    public long updatesPerEpoch() {
        return updatesPerEpoch;
    }

    /// @return the epoch's sequences by number, micro-batch by micro-batch
    @Override
    public List<int[]> microBatches(long update) {
        long asked = update / updatesPerEpoch;
        if (asked != epoch) {
            epoch = asked;
            batches = Batches.ofEpoch(lengths.apply(epoch), batchSize, order, seed, epoch);
        }
        int from = (int) (update % updatesPerEpoch) * accumulation;
        return batches.subList(from, Math.min(batches.size(), from + accumulation));
    }
}
