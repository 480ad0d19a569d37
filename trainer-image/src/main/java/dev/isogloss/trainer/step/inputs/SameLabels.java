package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;

/// A check that models tell the same labels apart, without which their weights cannot be blended.
public final class SameLabels {
    private SameLabels() {}

    /// @param labels by what messages call a model
    /// @throws InvalidInput if they differ, with the labels that not all have
    public static void require(SequencedMap<String, ? extends Collection<String>> labels) {
        TreeSet<String> all = new TreeSet<>();
        labels.values().forEach(all::addAll);
        SequencedMap<String, List<String>> partial = new LinkedHashMap<>();
        for (String label : all) {
            List<String> having = labels.entrySet().stream()
                    .filter(model -> model.getValue().contains(label))
                    .map(Map.Entry::getKey)
                    .toList();
            if (having.size() < labels.size())
                partial.computeIfAbsent(String.join(" and ", having), _ -> new ArrayList<>())
                        .add(label);
        }
        if (partial.isEmpty()) return;
        List<String> parts = partial.entrySet().stream()
                .map(part -> "%s only in %s".formatted(Excerpt.joined(part.getValue()), part.getKey()))
                .toList();
        throw new InvalidInput("The three models tell different labels apart (%s). Name all labels under task.labels."
                .formatted(String.join("; ", parts)));
    }
}
