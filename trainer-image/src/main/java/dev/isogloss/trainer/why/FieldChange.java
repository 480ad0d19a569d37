package dev.isogloss.trainer.why;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// A field of a step's key document that is another one in the nearest step of the store.
///
/// @param field   its path in `step.json`: `settings.optimiser.beta1`, `languages[2]`
/// @param stored  its value in the store; null where that step has no such field
/// @param planned its value in the plan; null where that step has none
public record FieldChange(
        String field, @Nullable JsonNode stored, @Nullable JsonNode planned) {
    private static final String REVISION = "revision";

    /// True of the number that says how a program computes steps of the kind.
    public boolean isRevision() {
        return field.equals(REVISION);
    }
}
