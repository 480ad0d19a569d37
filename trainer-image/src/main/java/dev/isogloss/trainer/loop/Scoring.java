package dev.isogloss.trainer.loop;

import dev.isogloss.api.method.Selection.Keep;
import java.util.Map;

/// Says how good the parameters are as they stand, so that the best can be kept.
///
/// @param every    updates between two evaluations, > 0
/// @param patience stop after so many evaluations without a better one; 0: never
/// @param keep     the parameters to keep; with `Better` those that the training begins with are scored, too
/// @param scores   the first value decides; all go into the curve
public record Scoring(long every, int patience, Keep keep, Scores scores) {

    /// Scores the parameters as they stand; the first one decides, more is better.
    @FunctionalInterface
    public interface Scores {
        /// In a fixed order.
        Map<String, Double> now();
    }
}
