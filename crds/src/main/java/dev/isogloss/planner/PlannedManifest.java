package dev.isogloss.planner;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.data.Location;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A manifest with its plan, and the locations of what its steps read.
///
/// @param storage where it says that results are kept; null where it says nothing
public record PlannedManifest(
        Manifest manifest,
        Plan plan,
        Locations locations,
        @Nullable Location storage) {

    /// The manifests of all files, in their order.
    ///
    /// @throws InvalidInput for the first file that has problems, with all of them
    public static List<PlannedManifest> read(List<Path> files) {
        return files.stream()
                .flatMap(file -> ManifestReader.read(file).stream())
                .map(PlannedManifest::of)
                .toList();
    }

    private static PlannedManifest of(Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest experiment ->
                new PlannedManifest(
                        manifest,
                        Planner.plan(experiment.name(), experiment.spec()),
                        Planner.locations(experiment.spec()),
                        location(experiment.spec().common().storage()));
            case CoTrainingRunManifest run ->
                new PlannedManifest(
                        manifest,
                        Planner.plan(run.name(), run.spec()),
                        Planner.locations(run.spec()),
                        location(run.spec().common().storage()));
        };
    }

    private static @Nullable Location location(@Nullable Storage storage) {
        return storage == null ? null : storage.location();
    }
}
