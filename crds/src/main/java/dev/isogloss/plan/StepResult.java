package dev.isogloss.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/// What `result.json` holds: written last, so that a step without it never happened.
///
/// @param facts   further numbers worth keeping, by name: updates, bestUpdate, finalLoss, examples, seconds ...
/// @param digests SHA-256 of what other steps or people read of it, by name: pseudo-labels
public record StepResult(
        StepKey key,
        String kind,
        List<Score> scores,
        Map<String, Double> facts,
        Provenance provenance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> digests) {

    @SuppressWarnings("NullAway") // results written before there were digests have none
    public StepResult {
        digests = digests == null ? Map.of() : Map.copyOf(digests);
    }

    /// A result without digests.
    public StepResult(StepKey key, String kind, List<Score> scores, Map<String, Double> facts, Provenance provenance) {
        this(key, kind, scores, facts, provenance, Map.of());
    }
}
