package dev.isogloss.trainer.cli;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.data.Location;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.planner.Planner;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A manifest and what it means.
///
/// @param storage where it says that results are kept; null where it says nothing
record Experiment(Plan plan, Locations locations, @Nullable Location storage) {

    /// The experiments of all files, in their order.
    ///
    /// @throws InvalidInput for the first file that has problems, with all of them
    static List<Experiment> read(List<Path> files) {
        return files.stream()
                .flatMap(file -> ManifestReader.read(file).stream())
                .map(Experiment::of)
                .toList();
    }

    private static Experiment of(Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest experiment ->
                new Experiment(
                        Planner.plan(experiment.name(), experiment.spec()),
                        Planner.locations(experiment.spec()),
                        location(experiment.spec().storage()));
            case CoTrainingRunManifest run ->
                new Experiment(
                        Planner.plan(run.name(), run.spec()),
                        Planner.locations(run.spec()),
                        location(run.spec().storage()));
        };
    }

    private static @Nullable Location location(@Nullable Storage storage) {
        return storage == null ? null : storage.location();
    }
}
