package dev.isogloss.trainer.data;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Suggestion;
import dev.isogloss.plan.step.TrainStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The labels of a task, in the order of the head's logits.
public record LabelSet(List<String> labels) {

    private static final String NO_LABELS =
            " No example of the file has one: if its labels have another name or column, write that under data.fields.";

    public LabelSet {
        labels = List.copyOf(labels);
    }

    /// The manifest's labels, or those of all that is learnt from, in order: numbers by value, words alphabetically,
    /// `O` last.
    ///
    /// @throws InvalidInput if an example has no label or, with `declared`, one that was not declared; if there are
    /// not two labels to tell apart
    public static LabelSet of(@Nullable List<String> declared, List<Split> train) {
        Map<String, String> places = new HashMap<>();
        for (Split split : train) {
            requireLabelled(split, TrainStep.UNLABELLED);
            for (int i = 0; i < split.size(); i++)
                for (String label : requireNonNull(labelsOf(split.examples().get(i))))
                    if (!places.containsKey(label)) places.put(label, split.place(i));
        }
        LabelSet set = learnt(
                declared, places.keySet(), texts(train), train.getFirst().file().path());
        if (declared == null) LabelDoubts.check(places, readsPairs(train));
        train.forEach(set::require);
        return set;
    }

    private static long texts(List<Split> train) {
        return train.stream()
                .flatMap(split -> split.examples().stream())
                .filter(TextExample.class::isInstance)
                .count();
    }

    private static boolean readsPairs(List<Split> train) {
        return train.stream()
                .flatMap(split -> split.examples().stream())
                .anyMatch(example -> example instanceof TextExample text && text.second() != null);
    }

    /// The labels of a task that is learnt from these.
    ///
    /// @param seen  those of all that is learnt from
    /// @param texts how many texts have one label each; 0 where words have them
    /// @param file  the first that is learnt from
    /// @throws InvalidInput if there are not two labels to tell apart, or so many that they can be no classes
    public static LabelSet learnt(@Nullable List<String> declared, Collection<String> seen, long texts, Path file) {
        LabelSet set = new LabelSet(declared == null ? sorted(seen) : declared);
        if (declared == null) requireClasses(set, texts, file);
        else LabelDoubts.requireDistinct(declared);
        if (set.size() < 2)
            throw new InvalidInput(
                    "%s has %s, and there is nothing to learn without a second one. If others occur elsewhere, name all labels under task.labels."
                            .formatted(
                                    file,
                                    seen.isEmpty()
                                            ? "no label"
                                            : "only the label \""
                                                    + Excerpt.of(set.labels().getFirst()) + "\""));
        return set;
    }

    /// Texts, ids or scores in place of labels make nearly every example a class of its own.
    private static void requireClasses(LabelSet set, long texts, Path file) {
        if (set.size() < MANY_CLASSES || 2L * set.size() <= texts || texts == 0) return;
        throw new InvalidInput(("%s has %,d classes in %,d examples: are the columns swapped, or are the labels"
                        + " numbers to be predicted rather than classes? Labels are %s. Name the right column or field"
                        + " under data.fields; if these are the classes, name them all under task.labels.")
                .formatted(file, set.size(), texts, Excerpt.list(set.labels())));
    }

    /// The same for one split.
    public static LabelSet of(@Nullable List<String> declared, Split train) {
        return of(declared, List.of(train));
    }

    /// @param otherwise what to do about it, a sentence
    /// @throws InvalidInput if an example has no label; names the line
    public static void requireLabelled(Split split, String otherwise) {
        for (int i = 0; i < split.size(); i++)
            if (labelsOf(split.examples().get(i)) == null)
                throw unlabelled(split.place(i), otherwise, isUnlabelled(split));
    }

    private static boolean isUnlabelled(Split split) {
        return split.examples().stream().allMatch(example -> labelsOf(example) == null);
    }

    /// @param place of an example without a label
    /// @param all   whether no example of the split has one
    public static InvalidInput unlabelled(String place, String otherwise, boolean all) {
        return new InvalidInput("%s has no label. %s%s".formatted(place, otherwise, all ? NO_LABELS : ""));
    }

    /// Fewer may well have an example or two each.
    private static final int MANY_CLASSES = 50;

    private static final Comparator<String> ORDER = Comparator.comparing((String label) -> label.equals("O"))
            .thenComparing(label -> number(label) == null)
            .thenComparing(label -> number(label) == null ? 0.0 : Double.parseDouble(label))
            .thenComparing(Comparator.naturalOrder());

    /// Numbers by value, words alphabetically, `O` last.
    static List<String> sorted(Collection<String> labels) {
        return labels.stream().sorted(ORDER).distinct().toList();
    }

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
            for (String label : found) if (!known.contains(label)) throw unknown(split.place(i), label);
        }
    }

    /// @param place of an example with a label that is none of these
    public InvalidInput unknown(String place, String label) {
        String alike = LabelDoubts.alike(label, labels);
        if (alike != null)
            return new InvalidInput(
                    "%s has the label %s, which looks like the task's label %s and is another. Write it in one way."
                            .formatted(place, LabelSpelling.shown(label), LabelSpelling.shown(alike)));
        return new InvalidInput("%s has the label \"%s\", which is none of the task's labels %s%s"
                .formatted(place, Excerpt.of(label), Excerpt.list(labels), end(Suggestion.hint(label, labels))));
    }

    private static String end(String hint) {
        String declare = " If it is right, name all labels under task.labels.";
        return (hint.isEmpty() ? "." : hint) + declare;
    }

    /// The number of occurrences of each label of a split.
    public static Map<String, Long> count(Split split) {
        return split.examples().stream()
                .map(LabelSet::labelsOf)
                .filter(found -> found != null)
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(label -> label, TreeMap::new, Collectors.counting()));
    }

    /// The number of occurrences of each label; 0 for labels that do not occur.
    public Map<String, Long> counts(Split split) {
        Map<String, Long> counts = count(split);
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
                        .formatted(split.name(), split.language(), Excerpt.joined(absent), labels.size()));
        }
        return sentences;
    }

    /// The labels of an example; null if it has none.
    public static @Nullable List<String> labelsOf(Example example) {
        return switch (example) {
            case TextExample text -> {
                String label = text.label();
                yield label == null ? null : List.of(label);
            }
            case TaggedExample tagged -> tagged.tags();
            case ParsedExample parsed -> parsed.universalRelations();
        };
    }
}
