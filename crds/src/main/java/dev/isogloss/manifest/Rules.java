package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The cross-field rules of a schema (`x-kubernetes-validations`), asked of a value with its defaults.
interface Rules {
    /// @param fieldPath where inside the value, as in `.path`; empty for the value itself
    record Violation(String fieldPath, String message) {}

    /// The rules among `stated` that do not hold of `value`.
    List<Violation> violations(Value value, JsonNode stated);
}
