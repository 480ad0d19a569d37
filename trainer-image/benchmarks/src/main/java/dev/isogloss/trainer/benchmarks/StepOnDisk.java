package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.planner.Planner;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.executor.StepRunners;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.step.Progress;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StopSignal;
import dev.isogloss.trainer.store.Store;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/// A run of tri-training whose data and store lie in a folder, and one of its steps, run as a pod runs it.
///
/// @param folder of the claim `data`; the store is beside it
record StepOnDisk(Plan plan, Locations locations, Path folder, Store store) {

    /// @param task     with its format, as a manifest has them: "task: ..., data: ..."
    static StepOnDisk of(Path folder, String task) {
        CoTrainingRunManifest run = (CoTrainingRunManifest)
                ManifestReader.read("benchmark.yaml", """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: benchmark}
                spec:
                  %s
                  models:
                    - {name: a, encoder: &e {name: invented, location: {claim: data, path: encoder}, maxLength: 128}}
                    - {name: b, encoder: *e, seed: 2000}
                    - {name: c, encoder: *e, seed: 3000}
                  source: %s
                  targets: [other]
                  strategy: {triTraining: {}}
                """.formatted(task, InventedSentences.LANGUAGE))
                        .getFirst();
        return new StepOnDisk(
                Planner.plan(run.name(), run.spec()),
                Planner.locations(run.spec()),
                folder,
                Store.open(folder.resolveSibling(folder.getFileName() + "-store")));
    }

    /// The first step of a kind.
    <T extends StepSpec> PlannedStep first(Class<T> kind, Predicate<T> which) {
        return plan.steps().stream()
                .filter(step -> kind.isInstance(step.spec()) && which.test(kind.cast(step.spec())))
                .findFirst()
                .orElseThrow();
    }

    StepResult run(PlannedStep step, Options options) throws Exception {
        try (StepRunners runners = new StepRunners(options.device)) {
            StepContext context = new StepContext(
                    store,
                    store.begin(step.key(), step.spec()),
                    locations,
                    ClaimFolders.withLinks(Map.of("data", folder)),
                    StopSignal.NEVER,
                    Progress.NONE,
                    new RunOptions(options.threads, Duration.ofDays(1), 0, false, 0),
                    HubSettings.of(System.getenv()));
            return store.commit(runners.run(step, context));
        }
    }

    /// The most that the heap held, garbage included.
    static double peakHeapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToDouble(usage -> usage.getUsed() / 1024.0 / 1024)
                .sum();
    }
}
