package dev.isogloss.trainer.task;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.metric.Confusion;
import dev.isogloss.trainer.metric.SpanF1;
import java.util.ArrayList;
import java.util.List;

/// Predictions beside what is right.
final class GoldLabels {
    private GoldLabels() {}

    /// @throws InvalidInput if an example has no gold label
    static Confusion confusion(Split split, List<Prediction> predictions, LabelSet labels) {
        List<String> gold = new ArrayList<>();
        List<String> predicted = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            gold.addAll(of(split, predictions, i));
            predicted.addAll(predictions.get(i).predicted());
        }
        return Confusion.of(labels.labels(), indices(gold, labels), indices(predicted, labels));
    }

    /// @throws InvalidInput if an example has no gold label
    static SpanF1 spans(Split split, List<Prediction> predictions) {
        List<List<String>> gold = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) gold.add(of(split, predictions, i));
        return SpanF1.of(gold, predictions.stream().map(Prediction::predicted).toList());
    }

    private static int[] indices(List<String> names, LabelSet labels) {
        return names.stream().mapToInt(labels::indexOf).toArray();
    }

    private static List<String> of(Split split, List<Prediction> predictions, int i) {
        List<String> gold = predictions.get(i).gold();
        if (gold == null)
            throw new InvalidInput(split.place(i) + " has no label, so the split cannot be scored. Leave \""
                    + split.name() + "\" out of spec.evaluate.splits, or use a file that has labels.");
        return gold;
    }
}
