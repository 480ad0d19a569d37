package dev.isogloss.trainer.step.train;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.loop.Scoring;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.step.inputs.ItemReader;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.OverlapCounts;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The splits that checkpoints are scored on, and how.
///
/// @param every updates between two scorings; null: an epoch
record CheckpointScoring(
        Task task, Selection selection, @Nullable Integer every, List<ScoredSplit> splits) {

    /// @param items of the split, in its order
    record ScoredSplit(Split split, List<Item> items) {
        /// As the curve names its score: "Accuracy.en.dev".
        private String name(Metric metric) {
            return "%s.%s.%s".formatted(metric, split.language(), split.name());
        }
    }

    /// @param isScored  whether checkpoints are scored at all
    /// @param languages scored where the selection names none
    /// @param overlaps  told of every split
    static CheckpointScoring read(
            boolean isScored,
            Selection selection,
            @Nullable Integer every,
            List<String> languages,
            LabelledData data,
            ItemReader items,
            OverlapCounts overlaps) {
        List<ScoredSplit> splits = new ArrayList<>();
        List<String> asked = selection.languages() == null ? languages : selection.languages();
        for (String language : isScored ? asked : List.<String>of()) {
            Split split = data.split(language, selection.split());
            LabelSet.requireLabelled(split, Input.LabelledData.WITHOUT_SELECTION_SPLIT);
            overlaps.count(split);
            splits.add(new ScoredSplit(split, items.read(split)));
        }
        return new CheckpointScoring(items.task(), selection, every, splits);
    }

    Stream<Item> items() {
        return splits.stream().flatMap(split -> split.items().stream());
    }

    @Nullable
    Scoring of(Method method, Model model, Precision precision) {
        if (splits.isEmpty()) return null;
        return new Scoring(
                every == null ? method.updatesPerEpoch() : every,
                selection.patience(),
                selection.keep(),
                () -> scores(model, precision));
    }

    /// The mean over the splits' languages, which decides, then each split's own score.
    private Map<String, Double> scores(Model model, Precision precision) {
        Metric metric = selection.metric() == null ? task.type().metrics().getFirst() : selection.metric();
        Map<String, Double> each = new LinkedHashMap<>();
        for (ScoredSplit scored : splits) each.put(scored.name(metric), score(scored, metric, model, precision));
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

    private double score(ScoredSplit scored, Metric metric, Model model, Precision precision) {
        var probabilities = Predictor.probabilities(model, scored.items(), precision, _ -> {});
        var predictions = task.predictions(scored.split(), scored.items(), probabilities, model.labels());
        return requireNonNull(
                task.scores(scored.split(), predictions, model.labels()).get(metric));
    }
}
