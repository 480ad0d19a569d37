package dev.isogloss.planner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The cross-field rules of a schema (`x-kubernetes-validations`), asked of a value with its defaults.
interface Rules {
    /// @param fieldPath where inside the value, as in `.path`; empty for the value itself
    record Broken(String fieldPath, String message) {}

    /// Which of `stated` do not hold of `value`.
    List<Broken> broken(Value value, JsonNode stated);
}
