package dev.isogloss.trainer.cli;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.planner.PlannedManifest.SystemManifest;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

        /// The plans with rounds: its own, or of a benchmark those of its systems by their names. A run whose
        /// stages are systems of their own counts once, by the last one's name.
        List<Plan> runs() {
            Map<List<StepKey>, Plan> runs = new LinkedHashMap<>();
            for (SystemManifest system : manifest.systems())
                if (system.plan().steps().stream()
                        .anyMatch(step -> !step.rounds().isEmpty()))
                    runs.put(
                            system.plan().steps().stream().map(PlannedStep::key).toList(), system.plan());
            return List.copyOf(runs.values());
        }
    }

    /// In the order of the files.
    ///
    /// @throws InvalidInput for the first file that has problems, with all of them
    List<StoredExperiment> read(CliEnvironment environment) {
        List<StoredExperiment> experiments = new ArrayList<>();
        Set<String> absent = new LinkedHashSet<>();
        for (Path file : files)
            for (PlannedManifest manifest : PlannedManifest.read(List.of(file))) {
                Store store = storage.store(manifest, environment);
                Stores.absence(store).ifPresent(absent::add);
                experiments.add(new StoredExperiment(file, manifest, store));
            }
        absent.forEach(environment.err()::println);
        return experiments;
    }
}
