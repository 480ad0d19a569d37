package dev.isogloss.planner;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.experiment.ExperimentSettings;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ResolvedSystem;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.SeedEvaluations;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A system of a benchmark with its plans.
///
/// @param candidates one, or those of a sweep
record PlannedSystem(String name, List<PlannedCandidate> candidates) {

    /// An experiment or a run that may stand for a system.
    record PlannedCandidate(ResolvedSystem.Candidate resolved, FinalModels models) {
        ExperimentSettings common() {
            return switch (resolved.manifest()) {
                case TransferExperimentManifest experiment -> experiment.spec().common();
                case CoTrainingRunManifest run -> run.spec().common();
                case TransferBenchmarkManifest benchmark -> throw nested(benchmark);
            };
        }

        Locations locations() {
            return switch (resolved.manifest()) {
                case TransferExperimentManifest experiment -> Planner.locations(experiment.spec());
                case CoTrainingRunManifest run -> Planner.locations(run.spec());
                case TransferBenchmarkManifest benchmark -> throw nested(benchmark);
            };
        }
    }

    /// @param benchmark the name of the plans
    static PlannedSystem of(String benchmark, ResolvedSystem system) {
        return new PlannedSystem(
                system.name(),
                system.candidates().stream()
                        .map(candidate -> new PlannedCandidate(
                                candidate,
                                FinalModels.of(
                                        plan(benchmark, candidate.manifest()), candidate.manifest(), system.stage())))
                        .toList());
    }

    private static Plan plan(String name, Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest experiment -> Planner.plan(name, experiment.spec());
            case CoTrainingRunManifest run -> Planner.plan(name, run.spec());
            case TransferBenchmarkManifest benchmark -> throw nested(benchmark);
        };
    }

    private static IllegalArgumentException nested(TransferBenchmarkManifest benchmark) {
        return new IllegalArgumentException(benchmark.name() + " is a benchmark in a benchmark");
    }

    PlannedCandidate first() {
        return candidates.getFirst();
    }

    /// The name of a candidate in the titles of its steps.
    String title(PlannedCandidate candidate) {
        return SystemOutline.title(name, candidate.resolved().label());
    }

    Set<Long> seeds() {
        Set<Long> seeds = new TreeSet<>();
        for (SeedEvaluations seed : first().models().bySeed()) seeds.add(seed.seed());
        return seeds;
    }
}
