package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The labels of a task, in the order of the head's logits.
public record LabelSet(List<String> labels) {

    public LabelSet {
        labels = List.copyOf(labels);
    }

    /// The manifest's labels, or the training split's in order: numbers by value, words alphabetically, `O` last.
    ///
    /// @throws InvalidInput if an example has no label or, with `declared`, one that was not declared
    public static LabelSet of(@Nullable List<String> declared, Split train) {
        Set<String> seen = new TreeSet<>(ORDER);
        for (int i = 0; i < train.size(); i++) {
            List<String> labels = labelsOf(train.examples().get(i));
            if (labels == null)
                throw new InvalidInput("%s has no label, and split \"%s\" of language \"%s\" is to be learnt from."
                        .formatted(train.place(i), train.name(), train.language()));
            seen.addAll(labels);
        }
        LabelSet set = new LabelSet(declared == null ? new ArrayList<>(seen) : declared);
        set.require(train);
        return set;
    }

    private static final Comparator<String> ORDER = Comparator.comparing((String label) -> label.equals("O"))
            .thenComparing(label -> number(label) == null)
            .thenComparing(label -> number(label) == null ? 0.0 : Double.parseDouble(label))
            .thenComparing(Comparator.naturalOrder());

    private static @Nullable Double number(String label) {
        return label.matches("-?\\d{1,9}(\\.\\d{1,9})?") ? Double.valueOf(label) : null;
    }

    public int size() {
        return labels.size();
    }

    /// The place of a label among the logits, or -1.
    public int indexOf(String label) {
        return labels.indexOf(label);
    }

    /// @throws InvalidInput if the split has a label that is none of these; names the line and the nearest label
    public void require(Split split) {
        Set<String> known = Set.copyOf(labels);
        for (int i = 0; i < split.size(); i++) {
            List<String> found = labelsOf(split.examples().get(i));
            if (found == null) continue;
            for (String label : found)
                if (!known.contains(label))
                    throw new InvalidInput("%s has the label \"%s\", which is none of the task's labels %s%s"
                            .formatted(split.place(i), label, labels, end(Nearest.hint(label, labels))));
        }
    }

    private static String end(String hint) {
        return hint.isEmpty() ? ". If it is right, name all labels under task.labels." : hint;
    }

    /// How often each label occurs; labels that do not are there with 0.
    public Map<String, Long> counts(Split split) {
        Map<String, Long> counts = split.examples().stream()
                .map(LabelSet::labelsOf)
                .filter(found -> found != null)
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(label -> label, TreeMap::new, Collectors.counting()));
        labels.forEach(label -> counts.putIfAbsent(label, 0L));
        return counts;
    }

    /// One sentence for each split that lacks labels which others have: a label set that differs between languages.
    public List<String> differences(List<Split> splits) {
        List<String> sentences = new ArrayList<>();
        for (Split split : splits) {
            List<String> absent = counts(split).entrySet().stream()
                    .filter(count -> count.getValue() == 0)
                    .map(Map.Entry::getKey)
                    .sorted(ORDER)
                    .toList();
            if (!absent.isEmpty() && absent.size() < labels.size())
                sentences.add("%s of %s has no example of %s (the task has %d labels)."
                        .formatted(split.name(), split.language(), String.join(", ", absent), labels.size()));
        }
        return sentences;
    }

    private static @Nullable List<String> labelsOf(Example example) {
        return switch (example) {
            case TextExample text -> {
                String label = text.label();
                yield label == null ? null : List.of(label);
            }
            case TaggedExample tagged -> tagged.tags();
            case ParsedExample parsed -> parsed.relations();
        };
    }
}
