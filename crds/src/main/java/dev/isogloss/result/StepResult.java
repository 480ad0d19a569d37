package dev.isogloss.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isogloss.plan.step.StepKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The content of `result.json`: written last, so that a step without it never happened.
///
/// @param keptModel   whether the step, of a round of a run, did nothing but keep the model of the round before, since
///                    the rounds so far did not get better
/// @param digests     SHA-256 of what other steps or people read of it, by name: `PSEUDO_LABELS`, `COPIES`
/// @param labelSketch of a labelling, what the model says of some texts: see `LabelSketch`
public record StepResult(
        StepKey key,
        String kind,
        List<Score> scores,
        Facts facts,
        Provenance provenance,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keptModel,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> digests,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String labelSketch) {

    /// The name of the digest of a file of pseudo-labels.
    public static final String PSEUDO_LABELS = "pseudo-labels";

    /// The name of the digest of a file of copies.
    public static final String COPIES = "copies";

    @SuppressWarnings("NullAway") // JSON has neither digests nor facts where there are none
    public StepResult {
        facts = facts == null ? Facts.NONE : facts;
        digests = digests == null ? Map.of() : Map.copyOf(digests);
    }

    public StepResult(StepKey key, String kind, List<Score> scores, Facts facts, Provenance provenance) {
        this(key, kind, scores, facts, provenance, false, Map.of(), null);
    }

    public StepResult withKeptModel() {
        return new StepResult(key, kind, scores, facts, provenance, true, digests, labelSketch);
    }

    public StepResult withPseudoLabels(String sha256) {
        return withDigest(PSEUDO_LABELS, sha256);
    }

    public StepResult withCopies(String sha256) {
        return withDigest(COPIES, sha256);
    }

    private StepResult withDigest(String name, String sha256) {
        return new StepResult(key, kind, scores, facts, provenance, keptModel, Map.of(name, sha256), labelSketch);
    }

    public StepResult withLabelSketch(String sketch) {
        return new StepResult(key, kind, scores, facts, provenance, keptModel, digests, sketch);
    }

    /// SHA-256 of the file of pseudo-labels that it hands on; null unless it selects some.
    public @Nullable String pseudoLabels() {
        return digests.get(PSEUDO_LABELS);
    }

    /// SHA-256 of the file of copies that it made; null unless it makes some.
    public @Nullable String copies() {
        return digests.get(COPIES);
    }
}
