package dev.isogloss.result;

import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.task.Metric;
import java.util.Arrays;
import java.util.Optional;

/// One number of one model: `value` lies between 0 and 1, over `examples` examples.
public record Score(String language, String split, Metric metric, double value, long examples) {

    /// As the status of a step has it.
    public StepScore toStatus() {
        return new StepScore(language, split, metric.name(), Double.toString(value), examples);
    }

    /// From the status of a step; empty for a metric of a newer trainer, which this version has no word for.
    public static Optional<Score> of(StepScore score) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.name().equals(score.metric()))
                .findFirst()
                .map(metric -> new Score(
                        score.language(), score.split(), metric, Double.parseDouble(score.value()), score.examples()));
    }
}
