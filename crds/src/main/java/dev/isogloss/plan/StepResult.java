package dev.isogloss.plan;

import java.util.List;
import java.util.Map;

/// What `result.json` holds: written last, so that a step without it never happened.
///
/// @param facts further numbers worth keeping, by name: updates, bestUpdate, finalLoss, examples, seconds ...
public record StepResult(
        StepKey key, String kind, List<Score> scores, Map<String, Double> facts, Provenance provenance) {}
