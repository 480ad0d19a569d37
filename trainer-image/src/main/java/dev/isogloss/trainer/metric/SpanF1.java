package dev.isogloss.trainer.metric;

import dev.isogloss.trainer.metric.Iob.Span;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Micro F1 over exact entity spans, read leniently as conlleval (Tjong Kim Sang & Buchholz, CoNLL 2000) and seqeval.
///
/// @param types agreement by entity type, in alphabetical order
public record SpanF1(Map<String, Agreement> types) {

    public SpanF1 {
        types = Collections.unmodifiableMap(new TreeMap<>(types));
    }

    /// Compares sentences of tags.
    ///
    /// @throws IllegalArgumentException if a sentence has more or fewer predicted tags than gold ones
    public static SpanF1 of(List<List<String>> gold, List<List<String>> predicted) {
        if (gold.size() != predicted.size())
            throw new IllegalArgumentException(gold.size() + " gold sentences, " + predicted.size() + " predicted");
        Map<String, Agreement> types = new TreeMap<>();
        for (int i = 0; i < gold.size(); i++) {
            if (gold.get(i).size() != predicted.get(i).size())
                throw new IllegalArgumentException("sentence %d has %d gold tags and %d predicted"
                        .formatted(i, gold.get(i).size(), predicted.get(i).size()));
            List<Span> right = Iob.spans(gold.get(i));
            Set<Span> known = new HashSet<>(right);
            for (Span span : right) types.merge(span.type(), new Agreement(0, 0, 1), Agreement::plus);
            for (Span span : Iob.spans(predicted.get(i)))
                types.merge(span.type(), new Agreement(0, 1, 0), Agreement::plus);
            for (Span span : Iob.spans(predicted.get(i))) if (known.contains(span)) found(types, span);
        }
        return new SpanF1(types);
    }

    private static void found(Map<String, Agreement> types, Span span) {
        types.computeIfPresent(span.type(), (type, a) -> new Agreement(a.correct() + 1, a.predicted(), a.gold()));
    }

    /// All types together.
    public Agreement micro() {
        return types.values().stream().reduce(new Agreement(0, 0, 0), Agreement::plus);
    }

    /// The unweighted mean of the types' F1; 0 without types.
    public double macroF1() {
        return types.values().stream().mapToDouble(Agreement::f1).average().orElse(0);
    }
}
