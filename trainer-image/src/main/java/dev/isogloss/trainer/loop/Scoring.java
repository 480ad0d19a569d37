package dev.isogloss.trainer.loop;

import java.util.Map;

/// Says how good the parameters are as they stand, so that the best can be kept.
///
/// @param every    updates between two evaluations, > 0
/// @param patience stop after so many evaluations without a better one; 0: never
/// @param keepBest whether the best-scored parameters are the ones to keep, or the last
/// @param scores   the first value decides; all go into the curve
public record Scoring(long every, int patience, boolean keepBest, Scores scores) {

    /// Scores the parameters as they stand; the first one decides, more is better.
    @FunctionalInterface
    public interface Scores {
        /// In a fixed order.
        Map<String, Double> now();
    }
}
