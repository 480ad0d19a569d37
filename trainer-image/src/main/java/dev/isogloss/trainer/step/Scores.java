package dev.isogloss.trainer.step;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.Metric;
import java.util.Map;

/// Picks a score out of what a task gives.
final class Scores {
    private Scores() {}

    /// @throws InvalidInput if the task has no such score
    static double of(Metric metric, Map<Metric, Double> scores) {
        Double score = scores.get(metric);
        if (score == null)
            throw new InvalidInput("selection.metric is %s, which this task does not have; it has %s."
                    .formatted(metric, scores.keySet()));
        return score;
    }
}
