package dev.isogloss.trainer.step.train;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.task.Metric;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The splits that checkpoints are scored on, and how.
///
/// @param metric one of the task's, the score that decides; the mean over the splits' languages
public record CheckpointScoring(Task task, Metric metric, List<Scored> splits) {
    /// What a user can do who has no such split.
    public static final String OTHERWISE =
            "Checkpoints are selected by their score on this split: label all of it, name another"
                    + " under fineTune.selection.split, or go without by selection: {keep: Last}.";

    /// Whether checkpoints are scored at all: to keep the best, or to know when to stop.
    public static boolean scores(Selection selection) {
        return selection.keep() != Selection.Keep.Last || selection.patience() > 0;
    }

    /// @param items of the split, in its order
    record Scored(Split split, List<Item> items) {
        /// As the curve names its score: "Accuracy.en.dev".
        private String name(Metric metric) {
            return "%s.%s.%s".formatted(metric, split.language(), split.name());
        }
    }

    boolean isNone() {
        return splits.isEmpty();
    }

    Stream<Item> items() {
        return splits.stream().flatMap(split -> split.items().stream());
    }

    /// The mean, then each split's own score.
    Map<String, Double> scores(Model model, Precision precision) {
        Map<String, Double> each = new LinkedHashMap<>();
        for (Scored scored : splits) each.put(scored.name(metric), score(scored, model, precision));
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(
                "score",
                each.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow());
        scores.putAll(each);
        return scores;
    }

    private double score(Scored scored, Model model, Precision precision) {
        var probabilities = Predictor.probabilities(model, scored.items(), precision, done -> {});
        var predictions = task.predictions(scored.split(), scored.items(), probabilities, model.labels());
        return requireNonNull(
                task.scores(scored.split(), predictions, model.labels()).get(metric));
    }
}
