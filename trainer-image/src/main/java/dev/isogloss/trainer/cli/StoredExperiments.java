package dev.isogloss.trainer.cli;

import dev.isogloss.plan.Plan;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The manifests that a command reads results of, and where these are: `MANIFEST...`, `--store` and `--claim`.
final class StoredExperiments {
    @Parameters(paramLabel = "MANIFEST", arity = "1..*", description = "Files with experiments or runs.")
    private List<Path> files = List.of();

    @Mixin
    private StoreOptions storage = new StoreOptions();

    /// An experiment or run with the store of its results.
    ///
    /// @param file that its manifest was read from
    record StoredExperiment(Path file, PlannedManifest manifest, Store store) {
        Plan plan() {
            return manifest.plan();
        }
    }

    /// In the order of the files.
    ///
    /// @throws InvalidInput for the first file that has problems, with all of them
    List<StoredExperiment> read(CliEnvironment environment) {
        List<StoredExperiment> experiments = new ArrayList<>();
        for (Path file : files)
            for (PlannedManifest manifest : PlannedManifest.read(List.of(file)))
                experiments.add(new StoredExperiment(file, manifest, storage.store(manifest, environment)));
        return experiments;
    }
}
