package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Doubts about labels that nobody declared: whether they are the classes that their author means. Whoever names the
/// classes under `task.labels` is believed.
public final class LabelDoubts {
    private static final Set<String> INFERENCE = Set.of("entailment", "contradiction", "neutral");
    private static final Set<String> NUMBERED_INFERENCE = Set.of("-1", "0", "1", "2");

    private LabelDoubts() {}

    /// @param places of the first example of each label, all that are learnt from
    /// @param pairs  whether the examples are pairs of texts
    /// @throws InvalidInput if two labels look alike, or one marks examples on which annotators did not agree
    public static void check(Map<String, String> places, boolean pairs) {
        requireAgreement(places, pairs);
        requireDistinctLooks(places);
    }

    private static void requireDistinctLooks(Map<String, String> places) {
        Map<String, String> seen = new HashMap<>();
        List<String> alike = new ArrayList<>();
        String where = "";
        for (String label : LabelSet.sorted(places.keySet())) {
            String other = seen.putIfAbsent(LabelSpelling.looks(label), label);
            if (other == null) continue;
            if (alike.isEmpty()) where = places.get(other) + " and " + places.get(label);
            alike.add(LabelSpelling.shown(other) + " and " + LabelSpelling.shown(label));
        }
        if (!alike.isEmpty())
            throw new InvalidInput("%s: labels that look alike are two: %s. Write each label in one way."
                    .formatted(where, String.join("; ", alike.subList(0, Math.min(alike.size(), 3)))));
    }

    static void requireDistinct(List<String> declared) {
        Map<String, String> seen = new HashMap<>();
        for (String label : declared) {
            String other = seen.putIfAbsent(LabelSpelling.looks(label), label);
            if (other != null && !other.equals(label))
                throw new InvalidInput("task.labels: %s and %s look alike. Name the label once, as the data write it."
                        .formatted(LabelSpelling.shown(other), LabelSpelling.shown(label)));
        }
    }

    /// The label among these that an unknown one looks like; null if there is none.
    static @Nullable String alike(String label, Collection<String> labels) {
        String looks = LabelSpelling.looks(label);
        return labels.stream()
                .filter(known -> LabelSpelling.looks(known).equals(looks))
                .findFirst()
                .orElse(null);
    }

    /// Sets of pairs for natural-language inference mark those on which the annotators did not agree.
    private static void requireAgreement(Map<String, String> places, boolean pairs) {
        Set<String> labels = places.keySet();
        boolean named = labels.contains("-") && labels.stream().anyMatch(INFERENCE::contains);
        if (!named && !(pairs && labels.equals(NUMBERED_INFERENCE))) return;
        String mark = named ? "-" : "-1";
        throw new InvalidInput(
                ("%s has the label \"%s\", by which sets such as SNLI mark pairs whose annotators did not agree. Remove"
                                + " these lines%s; if it is a class, name all under task.labels.")
                        .formatted(
                                places.get(mark),
                                mark,
                                named ? ", or read the published table with format: Xnli, which leaves them out" : ""));
    }
}
