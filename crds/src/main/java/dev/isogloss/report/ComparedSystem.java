package dev.isogloss.report;

import dev.isogloss.api.task.Metric;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A system as a comparison sees it: its outcome of each example.
///
/// @param outcomes by seed and language, in the examples' order
public record ComparedSystem(String name, Metric metric, Map<Long, Map<String, List<Outcome>>> outcomes) {

    /// One example's share of the score, which is Σ numerator / Σ denominator.
    ///
    /// @param gold the gold labels; null where the data has none
    public record Outcome(String id, @Nullable List<String> gold, double numerator, double denominator) {}

    /// Empty where the language was not measured with this seed.
    List<Outcome> outcomes(long seed, String language) {
        return outcomes.getOrDefault(seed, Map.of()).getOrDefault(language, List.of());
    }
}
