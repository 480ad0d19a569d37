package dev.isogloss.planner;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.data.Location;
import dev.isogloss.manifest.Benchmarks;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.InputLocations;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A manifest with its plan, and the locations of what its steps read.
///
/// @param storage where it says that results are kept; null where it says nothing
public record PlannedManifest(
        Manifest manifest,
        Plan plan,
        InputLocations locations,
        @Nullable Location storage) {

    /// The manifests of all files, in their order.
    ///
    /// @throws InvalidInput for the first file that has problems, with all of them
    public static List<PlannedManifest> read(List<Path> files) {
        return files.stream()
                .flatMap(file -> ManifestReader.read(file).stream().map(PlannedManifest::of))
                .toList();
    }

    /// The plan of a manifest.
    ///
    /// @throws InvalidInput if it means nothing that can be planned: each line begins with the place in its file
    public static PlannedManifest of(Manifest manifest) {
        try {
            return planned(manifest);
        } catch (InvalidInput invalid) {
            throw new InvalidInput(manifest.located(requireNonNull(invalid.getMessage())), invalid);
        }
    }

    /// Of a benchmark the experiments and runs of its systems, those of a sweep each for itself; of any other kind
    /// itself.
    public List<SystemManifest> systems() {
        if (!(manifest instanceof TransferBenchmarkManifest benchmark))
            return List.of(new SystemManifest(plan.name(), "", null, this));
        return Benchmarks.of(benchmark.name(), benchmark.spec()).stream()
                .flatMap(system -> system.candidates().stream()
                        .map(candidate -> new SystemManifest(
                                system.name(), candidate.label(), system.stage(), of(candidate.manifest()))))
                .toList();
    }

    /// @param label what sets one candidate of a sweep apart from others; empty for a single one
    /// @param stage that stands for the system; null for the last one
    public record SystemManifest(
            String system, String label, @Nullable String stage, PlannedManifest manifest) {
        /// What `compare` and `report` call it.
        public String name() {
            return label.isEmpty() ? system : "%s-%s".formatted(system, label);
        }

        /// The plan under the system's name.
        public Plan plan() {
            return new Plan(name(), manifest.plan().steps(), manifest.plan().benchmark());
        }
    }

    private static PlannedManifest planned(Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest experiment ->
                new PlannedManifest(
                        manifest,
                        Planner.plan(experiment.name(), experiment.spec()),
                        InputLocations.of(Planner.locations(experiment.spec())),
                        location(experiment.spec().common().storage()));
            case TransferBenchmarkManifest benchmark -> {
                Plan plan = Planner.plan(benchmark.name(), benchmark.spec());
                yield new PlannedManifest(
                        manifest,
                        plan,
                        requireNonNull(plan.benchmark()).locations(),
                        location(benchmark.spec().storage()));
            }
            case CoTrainingRunManifest run ->
                new PlannedManifest(
                        manifest,
                        Planner.plan(run.name(), run.spec()),
                        InputLocations.of(Planner.locations(run.spec())),
                        location(run.spec().common().storage()));
        };
    }

    private static @Nullable Location location(@Nullable Storage storage) {
        return storage == null ? null : storage.location();
    }
}
