package dev.isogloss.trainer.step.inputs;

import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TextExample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The labels that a split was seen to have, each with the place of its first example.
final class SplitLabels {
    /// Far more than any task has; a column of texts has more.
    private static final int MOST = 100_000;

    private final Map<String, String> places = new TreeMap<>();
    private @Nullable String unlabelled;
    private boolean labelled;
    private long texts;
    private long examples;

    void add(Split piece) {
        examples += piece.size();
        for (int i = 0; i < piece.size(); i++) {
            List<String> labels = LabelSet.labelsOf(piece.examples().get(i));
            if (piece.examples().get(i) instanceof TextExample) texts++;
            if (labels == null) {
                if (unlabelled == null) unlabelled = piece.place(i);
                continue;
            }
            labelled = true;
            for (String label : labels)
                if (!places.containsKey(label) && places.size() < MOST) places.put(label, piece.place(i));
        }
    }

    /// How many examples are texts, with one label each.
    long texts() {
        return texts;
    }

    /// How many examples there are, texts and sentences.
    long examples() {
        return examples;
    }

    Set<String> labels() {
        return places.keySet();
    }

    /// The first example of each label.
    Map<String, String> places() {
        return places;
    }

    /// @param known the labels of the task; null if they are not known yet
    /// @throws InvalidInput if an example has no label, or one that is not known
    void require(String split, Input.LabelledData.Labels wanted, @Nullable List<String> known) {
        if (unlabelled != null && wanted.unlabelled() != null)
            throw LabelSet.unlabelled(unlabelled, wanted.unlabelled().formatted(split), !labelled);
        if (known == null) return;
        LabelSet labels = new LabelSet(known);
        places.forEach((label, place) -> {
            if (labels.indexOf(label) < 0) throw labels.unknown(place, label);
        });
    }
}
