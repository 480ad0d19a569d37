package dev.isogloss.plan.step;

import dev.isogloss.api.schema.Bounds;
import java.util.List;

/// The evaluations of the models of one seed that together are a system's: one, or one for each target.
public record SeedEvaluations(long seed, List<StepKey> evaluations) {
    public SeedEvaluations {
        evaluations = Bounds.distinct("evaluations", evaluations);
    }
}
