package dev.isogloss.trainer.method;

import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batches that hold items of one source each; the last batch of a pass over a source may be short.
///
/// Without an exponent an epoch is every batch of every source once, in random order: what `ConcatSampler` of Wu et al.
/// (2022) gives, which draws sources by size and passes over exhausted ones, except that it drops short batches.
///
/// With an exponent α every micro-batch draws its source (Bari et al. 2021, eq. 2), n the numbers of items:
///
///     p(s) = n_s^α / Σ n^α
///
/// and reads that source's next batch; a source that is exhausted begins another pass.
public final class SourcePlan implements Batching {
    private final List<int[]> lengths = new ArrayList<>();
    private final int[] starts;
    private final int[] batches;
    private final int batchSize;
    private final int accumulation;
    private final BatchOrder order;
    private final @Nullable Double exponent;
    private final long seed;
    private final double[] cumulative;
    private final long[] cachedPass;
    private final List<List<int[]>> cached = new ArrayList<>();
    private long drawn;
    private final long[] read;

    /// @param sizes    items of each source; items are numbered source after source
    /// @param lengths  tokens of every item
    /// @param exponent null: every batch once an epoch
    public SourcePlan(
            int[] sizes,
            int[] lengths,
            int batchSize,
            int accumulation,
            BatchOrder order,
            @Nullable Double exponent,
            long seed) {
        this.batchSize = batchSize;
        this.accumulation = accumulation;
        this.order = order;
        this.exponent = exponent;
        this.seed = seed;
        this.starts = new int[sizes.length];
        this.batches = new int[sizes.length];
        this.cumulative = new double[sizes.length];
        this.read = new long[sizes.length];
        this.cachedPass = new long[sizes.length];
        Arrays.fill(cachedPass, -1);
        int from = 0;
        double sum = 0;
        for (int s = 0; s < sizes.length; s++) {
            starts[s] = from;
            batches[s] = (sizes[s] + batchSize - 1) / batchSize;
            sum += sizes[s] == 0 || exponent == null ? 0 : StrictMath.pow(sizes[s], exponent);
            cumulative[s] = sum;
            this.lengths.add(Arrays.copyOfRange(lengths, from, from + sizes[s]));
            cached.add(List.of());
            from += sizes[s];
        }
    }

    @Override
    public long updatesPerEpoch() {
        return (batchesPerEpoch() + accumulation - 1) / accumulation;
    }

    private int batchesPerEpoch() {
        return Arrays.stream(batches).sum();
    }

    @Override
    public List<int[]> microBatches(long update) {
        return exponent == null ? shuffled(update) : drawn(update);
    }

    private List<int[]> shuffled(long update) {
        long epoch = update / updatesPerEpoch();
        int from = (int) (update % updatesPerEpoch()) * accumulation;
        int to = Math.min(batchesPerEpoch(), from + accumulation);
        int[] places = RandomStream.of(seed, "sources", epoch).permutation(batchesPerEpoch());
        List<int[]> micro = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int source = 0;
            int place = places[i];
            while (place >= batches[source]) place -= batches[source++];
            micro.add(batch(source, epoch, place));
        }
        return micro;
    }

    private List<int[]> drawn(long update) {
        List<int[]> micro = new ArrayList<>();
        for (long m = update * accumulation; m < (update + 1) * accumulation; m++) {
            countDrawsBefore(m);
            int source = sourceOf(m);
            micro.add(batch(source, read[source] / batches[source], (int) (read[source] % batches[source])));
        }
        return micro;
    }

    /// Counts earlier draws of each source: on from the last call, or anew after a resume.
    private void countDrawsBefore(long m) {
        if (m < drawn) {
            Arrays.fill(read, 0);
            drawn = 0;
        }
        while (drawn < m) read[sourceOf(drawn++)]++;
    }

    private int sourceOf(long m) {
        double point = RandomStream.of(seed, "source", m).nextDouble() * cumulative[cumulative.length - 1];
        int source = 0;
        while (point >= cumulative[source]) source++;
        return source;
    }

    private int[] batch(int source, long pass, int place) {
        if (cachedPass[source] != pass) {
            cached.set(source, Batches.ofEpoch(lengths.get(source), batchSize, order, seed, pass, source));
            cachedPass[source] = pass;
        }
        int[] own = cached.get(source).get(place);
        return Arrays.stream(own).map(item -> starts[source] + item).toArray();
    }
}
