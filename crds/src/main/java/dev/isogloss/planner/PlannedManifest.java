package dev.isogloss.planner;

import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Locations;
import dev.isogloss.plan.Plan;
import java.nio.file.Path;
import java.util.List;

/// A manifest's plan, and the locations of what its steps read.
public record PlannedManifest(Plan plan, Locations locations) {

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
                        Planner.plan(experiment.name(), experiment.spec()), Planner.locations(experiment.spec()));
            case CoTrainingRunManifest run ->
                new PlannedManifest(Planner.plan(run.name(), run.spec()), Planner.locations(run.spec()));
        };
    }
}
