package dev.isogloss.trainer.why;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.why.StoredDocuments.KnownDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The search for the stored step that differs in the fewest fields from one of a plan.
///
/// Of equals it is the one that has the same seed, languages and model; then one that the plan does not hold, for it
/// may be what a step was before an edit; then the newest; last the one whose key comes first.
final class NearestStep {
    /// What a step is about, rather than how it is done.
    private static final List<String> SUBJECT = List.of("seed", "source", "target", "languages", "model");

    private final StoredDocuments stored;
    private final Set<StepKey> planned;
    private final Map<String, String> former = new HashMap<>();

    NearestStep(StoredDocuments stored, Set<StepKey> planned) {
        this.stored = stored;
        this.planned = planned;
    }

    /// From now on, a step that reads the one differs in nothing from a step that read the other.
    void takes(StepKey one, StepKey other) {
        former.put(one.hex(), other.hex());
    }

    private record Candidate(KnownDocument known, int fields, int subject, boolean isPlanned) {
        boolean isNearerThan(Candidate other) {
            if (fields != other.fields) return fields < other.fields;
            if (subject != other.subject) return subject < other.subject;
            return !isPlanned && other.isPlanned; // the newest comes first
        }
    }

    /// What a step was, by the key that it has now; the same key for one that has not moved.
    String former(String key) {
        return former.getOrDefault(key, key);
    }

    /// @return empty if the store holds nothing of the kind, or nothing that has half of its fields
    Optional<KeyDocument> to(KeyDocument document) {
        Map<String, String> values = document.values(this::former);
        Candidate nearest = null;
        int most = Integer.MAX_VALUE;
        for (KnownDocument known : stored.of(document.kind()).toList()) {
            int fields = differing(values, known.values(), most);
            if (fields > most) continue;
            Candidate candidate = new Candidate(
                    known,
                    fields,
                    subject(values, known.values()),
                    planned.contains(known.document().key()));
            if (nearest == null || candidate.isNearerThan(nearest)) nearest = candidate;
            most = nearest.fields();
        }
        return nearest == null || 2 * nearest.fields() > values.size()
                ? Optional.empty()
                : Optional.of(nearest.known().document());
    }

    private static int subject(Map<String, String> one, Map<String, String> other) {
        int differing = 0;
        for (String field : SUBJECT) if (!Objects.equals(one.get(field), other.get(field))) differing++;
        return differing;
    }

    /// Fields that are not the same on both sides, or are on one alone; beyond `most` it is only known that there are
    /// more.
    private static int differing(Map<String, String> one, Map<String, String> other, int most) {
        int differing = 0;
        int common = 0;
        for (var value : one.entrySet()) {
            String theirs = other.get(value.getKey());
            if (theirs != null) common++;
            if (!value.getValue().equals(theirs) && ++differing > most) return differing;
        }
        return differing + other.size() - common;
    }
}
