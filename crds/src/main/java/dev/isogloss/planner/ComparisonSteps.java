package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.BenchmarkOutline.CandidateOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.step.CompareStep;
import dev.isogloss.plan.step.ComparedSide;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What compares the systems of a benchmark with its baseline: a step each.
final class ComparisonSteps {
    /// What `isogloss compare` does unless it is told otherwise.
    private static final int RESAMPLES = 10_000;

    private static final long SEED = 1;

    private final PlannedSystem baseline;
    private final SystemOutline itsOutline;
    private final Metric metric;
    private final String split;

    /// @param split of the table
    ComparisonSteps(PlannedSystem baseline, SystemOutline itsOutline, Metric metric, String split) {
        this.baseline = baseline;
        this.itsOutline = itsOutline;
        this.metric = metric;
        this.split = split;
    }

    /// The outline of a system with its comparison, whose step is added; as it is where it cannot be paired.
    ///
    /// @throws InvalidInput if the two have no seed or no language in common
    SystemOutline with(PlannedSystem system, SystemOutline outline, SystemSteps steps) {
        // an ensemble of all seeds has none that it could be paired by
        if (system.first().models().isOfAllSeeds() && !baseline.first().models().isOfAllSeeds()) return outline;
        requireSharedSeed(system);
        Set<String> languages = languages(system);
        List<String> averaged = averaged(outline);
        SystemSteps.requireFew(
                "spec.systems[name=%s] and the baseline %s".formatted(system.name(), baseline.name()),
                evaluations(outline) + evaluations(itsOutline),
                "seeds, targets of models of their own, or values of a sweep");
        StepKey key = steps.add(
                new CompareStep(
                        Revisions.COMPARE,
                        side(itsOutline),
                        side(outline),
                        metric,
                        split,
                        List.copyOf(languages),
                        averaged,
                        RESAMPLES,
                        SEED),
                "compare %s with %s".formatted(system.name(), baseline.name()),
                null);
        List<String> compared = new ArrayList<>(languages);
        if (!averaged.isEmpty()) compared.add(SystemSteps.AVERAGE);
        return new SystemOutline(outline.name(), outline.candidates(), outline.choice(), key, compared);
    }

    private void requireSharedSeed(PlannedSystem system) {
        Set<Long> seeds = system.seeds();
        seeds.retainAll(baseline.seeds());
        if (seeds.isEmpty())
            throw new InvalidInput(
                    "spec.systems[name=%s] shares no seed with the baseline %s. Give both the same seeds."
                            .formatted(system.name(), baseline.name()));
    }

    private Set<String> languages(PlannedSystem system) {
        Set<String> languages = new TreeSet<>(system.first().models().languagesOfOneModel());
        languages.retainAll(baseline.first().models().languagesOfOneModel());
        if (languages.isEmpty())
            throw new InvalidInput(
                    "spec.systems[name=%s] shares no measured language with the baseline %s. Give both the same targets."
                            .formatted(system.name(), baseline.name()));
        return languages;
    }

    /// Averages over other targets are not held against each other.
    private List<String> averaged(SystemOutline system) {
        Set<String> targets = system.candidates().getFirst().targets();
        return targets.size() > 1
                        && targets.equals(itsOutline.candidates().getFirst().targets())
                ? List.copyOf(targets)
                : List.of();
    }

    private static int evaluations(SystemOutline outline) {
        return outline.candidates().stream()
                .flatMap(candidate -> candidate.measured().stream())
                .mapToInt(seed -> seed.evaluations().size())
                .sum();
    }

    private static ComparedSide side(SystemOutline outline) {
        return new ComparedSide(
                outline.candidates().stream().map(CandidateOutline::measured).toList(), outline.choice());
    }
}
