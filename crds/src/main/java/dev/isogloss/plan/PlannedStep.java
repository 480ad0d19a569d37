package dev.isogloss.plan;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A step in its plan.
///
/// @param stage   the name of the stage it belongs to, as tables show it
/// @param title   a few words for people: "fineTune en seed 1"
/// @param seed    the run's seed; null for steps that all seeds share
/// @param target the one target language that the step is for; null for steps that all targets share
public record PlannedStep(
        StepKey key,
        StepSpec spec,
        String stage,
        String title,
        @Nullable Long seed,
        @Nullable String target) {

    /// A step that serves every target language alike.
    public PlannedStep(StepKey key, StepSpec spec, String stage, String title, @Nullable Long seed) {
        this(key, spec, stage, title, seed, null);
    }

    public Set<StepKey> inputs() {
        return spec.inputs();
    }
}
