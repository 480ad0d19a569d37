package dev.isogloss.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isogloss.plan.step.StepKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `result.json` holds: written last, so that a step without it never happened.
///
/// @param facts   further numbers worth keeping, by name: updates, bestUpdate, finalLoss, examples, seconds ...
/// @param digests  SHA-256 of what other steps or people read of it, by name: pseudo-labels
/// @param labelSketch of a labelling, what the model says of some texts: see `LabelSketch`
public record StepResult(
        StepKey key,
        String kind,
        List<Score> scores,
        Map<String, Double> facts,
        Provenance provenance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> digests,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String labelSketch) {

    @SuppressWarnings("NullAway") // results written before there were digests have none
    public StepResult {
        digests = digests == null ? Map.of() : Map.copyOf(digests);
    }

    /// A result without digests.
    public StepResult(StepKey key, String kind, List<Score> scores, Map<String, Double> facts, Provenance provenance) {
        this(key, kind, scores, facts, provenance, Map.of(), null);
    }

    /// A result without labelSketch.
    public StepResult(
            StepKey key,
            String kind,
            List<Score> scores,
            Map<String, Double> facts,
            Provenance provenance,
            Map<String, String> digests) {
        this(key, kind, scores, facts, provenance, digests, null);
    }

    public StepResult withLabelSketch(String said) {
        return new StepResult(key, kind, scores, facts, provenance, digests, said);
    }
}
