package dev.isogloss.trainer.method;

import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The order in which an epoch's items are read: a pure function of seed and epoch, so that a resumed run reads on
/// where it stopped.
public final class Batches {
    /// Windows this many batches wide are sorted by length: less padding, and batches still differ from epoch to
    /// epoch.
    private static final int WINDOW = 50;

    private Batches() {}

    /// @param lengths   tokens per item
    /// @param batchSize items a batch; the last batch may hold fewer
    /// @param epoch     counted from 0
    /// @return the indices of the items of each batch; every item stands exactly once
    public static List<int[]> ofEpoch(int[] lengths, int batchSize, BatchOrder order, long seed, long epoch) {
        return ofEpoch(lengths, batchSize, order, seed, epoch, 0);
    }

    /// @param source several sources with the same seed are shuffled each in an order of its own
    static List<int[]> ofEpoch(int[] lengths, int batchSize, BatchOrder order, long seed, long epoch, int source) {
        long[] indices = source == 0 ? new long[] {epoch} : new long[] {epoch, source};
        int[] shuffled = RandomStream.of(seed, "batches", indices).permutation(lengths.length);
        return switch (order) {
            case Random -> cut(shuffled, batchSize);
            case LengthBuckets -> {
                List<int[]> batches = cut(sortedInWindows(shuffled, lengths, batchSize), batchSize);
                yield shuffled(batches, RandomStream.of(seed, "batch order", indices));
            }
        };
    }

    private static int[] sortedInWindows(int[] order, int[] lengths, int batchSize) {
        int window = WINDOW * batchSize;
        int[] sorted = new int[order.length];
        for (int from = 0; from < order.length; from += window) {
            int to = Math.min(order.length, from + window);
            int start = from;
            // Sorting (length, place) packed into longs is stable and needs no boxes.
            long[] keys = new long[to - from];
            for (int i = from; i < to; i++) keys[i - from] = ((long) lengths[order[i]] << 32) | (i - start);
            Arrays.sort(keys);
            for (int i = from; i < to; i++) sorted[i] = order[start + (int) keys[i - from]];
        }
        return sorted;
    }

    private static List<int[]> cut(int[] order, int batchSize) {
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += batchSize)
            batches.add(Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize)));
        return batches;
    }

    private static List<int[]> shuffled(List<int[]> batches, RandomStream random) {
        List<int[]> result = new ArrayList<>();
        for (int i : random.permutation(batches.size())) result.add(batches.get(i));
        return result;
    }
}
