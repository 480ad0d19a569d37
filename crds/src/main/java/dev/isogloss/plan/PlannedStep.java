package dev.isogloss.plan;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A step in its plan.
///
/// @param stage   the name of the stage it belongs to, as tables show it
/// @param title   a few words for people: "fineTune en seed 1"
/// @param seed    the run's seed; null for steps that all seeds share
/// @param rounds  the rounds of a run that it is part of; usually one, none in an experiment
public record PlannedStep(
        StepKey key,
        StepSpec spec,
        String stage,
        String title,
        @Nullable Long seed,
        List<Round> rounds) {

    public PlannedStep {
        rounds = List.copyOf(rounds);
    }

    /// A step outside rounds.
    public PlannedStep(StepKey key, StepSpec spec, String stage, String title, @Nullable Long seed) {
        this(key, spec, stage, title, seed, List.of());
    }

    public Set<StepKey> inputs() {
        return spec.inputs();
    }
}
