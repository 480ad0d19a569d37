package dev.isogloss.trainer.data;

import java.util.LinkedHashMap;
import java.util.Map;

/// How often each language is read when languages have texts in very different numbers.
public final class Sampling {
    private Sampling() {}

    /// Exponent-smoothed shares (Conneau & Lample, NeurIPS 2019, §3.1):
    ///
    ///     p_l = n_l^α / Σ_k n_k^α
    ///
    /// @param counts texts n_l by language; a language without texts gets 0
    /// @param alpha  α in [0, 1]: 1 reads every text equally often, 0 every language
    /// @throws IllegalArgumentException if α lies outside, a count is negative, or all are 0
    public static Map<String, Double> smoothed(Map<String, Long> counts, double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) throw new IllegalArgumentException("alpha " + alpha + " is not in [0, 1]");
        Map<String, Double> shares = new LinkedHashMap<>();
        double sum = 0;
        for (var entry : counts.entrySet()) {
            if (entry.getValue() < 0) throw new IllegalArgumentException("negative count of " + entry.getKey());
            double share = entry.getValue() == 0 ? 0 : Math.pow(entry.getValue(), alpha);
            shares.put(entry.getKey(), share);
            sum += share;
        }
        if (sum == 0) throw new IllegalArgumentException("no language has a text");
        for (var entry : shares.entrySet()) entry.setValue(entry.getValue() / sum);
        return shares;
    }
}
