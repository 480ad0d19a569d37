package dev.isogloss.trainer.method.pretrain;

import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// The sampling of languages in pretraining (Conneau & Lample, NeurIPS 2019, §3.1):
///
///     q_l = n_l^α / Σ_j n_j^α
///
/// α = 1 reads languages as often as they have text, α = 0 equally often. One epoch reads as many sequences as there
/// are; a language whose quota exceeds its text is read again, one that falls short goes on in the next epoch, each
/// time in a fresh order. Translation pairs are one more source with a share of its own.
final class SmoothedSampling {
    private final int[] counts;
    private final int[] quotas;
    private final long seed;

    /// @param counts    sequences per language
    /// @param exponent  α, 0 to 1
    /// @param pairs     number of translation pairs; the last source
    /// @param pairShare share of an epoch that are pairs, 0 to 1; ignored without pairs
    SmoothedSampling(int[] counts, double exponent, int pairs, double pairShare, long seed) {
        this.seed = seed;
        this.counts = java.util.Arrays.copyOf(counts, counts.length + 1);
        this.counts[counts.length] = pairs;
        this.quotas = new int[counts.length + 1];
        double share = pairs == 0 ? 0 : pairShare;
        long total = java.util.stream.IntStream.of(this.counts).asLongStream().sum();
        double norm = java.util.stream.IntStream.of(counts)
                .filter(n -> n > 0)
                .mapToDouble(n -> StrictMath.pow(n, exponent))
                .sum();
        for (int l = 0; l < counts.length; l++)
            if (counts[l] > 0)
                quotas[l] =
                        (int) Math.max(1, Math.round(total * (1 - share) * StrictMath.pow(counts[l], exponent) / norm));
        quotas[counts.length] = (int) Math.round(total * share);
    }

    /// Sequences per source in one epoch, pairs last.
    int[] quotas() {
        return quotas.clone();
    }

    /// @param source the language's number; the number of languages stands for the pairs
    record Draw(int source, int index) {}

    /// @param epoch counted from 0
    List<Draw> epoch(long epoch) {
        List<Draw> draws = new ArrayList<>();
        for (int source = 0; source < counts.length; source++) {
            long from = epoch * quotas[source];
            int[] order = new int[0];
            long pass = -1;
            for (long i = from; i < from + quotas[source]; i++) {
                if (i / counts[source] != pass) {
                    pass = i / counts[source];
                    order = RandomStream.of(seed, "sampling", source, pass).permutation(counts[source]);
                }
                draws.add(new Draw(source, order[(int) (i % counts[source])]));
            }
        }
        return draws;
    }
}
