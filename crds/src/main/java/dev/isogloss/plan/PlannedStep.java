package dev.isogloss.plan;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A step in its plan.
///
/// @param stage   the name of the stage it belongs to, as tables show it
/// @param title   a few words for people: "fineTune en seed 1"
/// @param seed    the run's seed; null for steps that all seeds share
/// @param rounds  the rounds of a run that it is part of; usually one, none in an experiment
/// @param target  the one target language that the step is for; null for steps that all targets share
public record PlannedStep(
        StepKey key,
        StepSpec spec,
        String stage,
        String title,
        @Nullable Long seed,
        List<Round> rounds,
        @Nullable String target) {

    public PlannedStep {
        if (title.isBlank()) throw new IllegalArgumentException("step %s needs a title".formatted(key.brief()));
        rounds = List.copyOf(rounds);
        if (Set.copyOf(rounds).size() < rounds.size())
            throw new IllegalArgumentException("%s belongs to one round twice: %s".formatted(title, rounds));
    }

    /// A step outside rounds that serves every target language alike.
    public PlannedStep(StepKey key, StepSpec spec, String stage, String title, @Nullable Long seed) {
        this(key, spec, stage, title, seed, List.of(), null);
    }

    /// A step of a run.
    public PlannedStep(
            StepKey key, StepSpec spec, String stage, String title, @Nullable Long seed, List<Round> rounds) {
        this(key, spec, stage, title, seed, rounds, null);
    }

    /// The stages that tables show its scores under: that of each round it is part of, else its own.
    public List<String> stages() {
        return rounds.isEmpty()
                ? List.of(stage)
                : rounds.stream().map(Round::stage).distinct().toList();
    }

    public Set<StepKey> inputs() {
        return spec.inputs();
    }
}
