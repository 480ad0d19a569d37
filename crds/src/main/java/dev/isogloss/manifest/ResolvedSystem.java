package dev.isogloss.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A system of a benchmark as the experiments or runs that it means, defaults filled in.
///
/// @param stage      whose scores are its own; null for the last one
/// @param candidates one, or with a sweep one for each combination of values
public record ResolvedSystem(String name, @Nullable String stage, List<Candidate> candidates) {
    public ResolvedSystem {
        candidates = List.copyOf(candidates);
    }

    /// @param label    what sets it apart from the other candidates: `lambdaAlign=0.005`; empty without a sweep
    /// @param manifest a TransferExperiment or a CoTrainingRun
    public record Candidate(String label, Manifest manifest) {}
}
