package dev.isogloss.trainer.method;

import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.trainer.task.Item;
import java.util.Arrays;
import java.util.List;

/// Items without end: epoch after epoch, each in an order of its own. The n-th batch is a function of the seed and n,
/// and the same that a fine-tuning without accumulation reads at its n-th update.
public final class BatchStream {
    private final List<Item> items;
    private final int[] lengths;
    private final int batchSize;
    private final BatchOrder order;
    private final long seed;
    private long epoch = -1;
    private List<int[]> batches = List.of();

    /// @param items at least one
    public BatchStream(List<Item> items, int batchSize, BatchOrder order, long seed) {
        this.items = items;
        this.lengths = items.stream().mapToInt(Item::length).toArray();
        this.batchSize = batchSize;
        this.order = order;
        this.seed = seed;
    }

    public long batchesPerEpoch() {
        return (items.size() + batchSize - 1) / batchSize;
    }

    /// @param n counted from 0
    public List<Item> batch(long n) {
        long asked = n / batchesPerEpoch();
        if (asked != epoch) {
            epoch = asked;
            batches = Batches.ofEpoch(lengths, batchSize, order, seed, epoch);
        }
        return Arrays.stream(batches.get((int) (n % batchesPerEpoch())))
                .mapToObj(items::get)
                .toList();
    }
}
