package dev.isogloss.trainer.cli;

import dev.isogloss.planner.PlannedManifest.SystemManifest;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.trainer.cli.StoredExperiments.StoredExperiment;
import dev.isogloss.trainer.report.BaselineComparison;
import dev.isogloss.trainer.report.DistinctNames;
import dev.isogloss.trainer.report.ReportedBenchmark;
import dev.isogloss.trainer.report.ReportedBenchmark.ReportedSystem;
import dev.isogloss.trainer.report.ReportedExperiment;
import dev.isogloss.trainer.report.StoredResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a report is of, each under a name that nothing else in it has: the second of a name is NAME-2.
///
/// @param experiments and runs; a benchmark's are its systems
record ReportedManifests(List<ReportedExperiment> experiments, List<ReportedBenchmark> benchmarks) {

    /// Experiments have their names first: `--baseline` says them.
    static ReportedManifests of(List<StoredExperiment> manifests) {
        DistinctNames names = new DistinctNames();
        List<List<ReportedSystem>> systems =
                manifests.stream().map(each -> systems(each, names)).toList();
        List<ReportedBenchmark> benchmarks = new ArrayList<>();
        for (int i = 0; i < manifests.size(); i++) {
            StoredExperiment each = manifests.get(i);
            if (each.plan().benchmark() != null)
                benchmarks.add(new ReportedBenchmark(names.of(each.plan().name()), table(each), systems.get(i)));
        }
        return new ReportedManifests(
                systems.stream()
                        .flatMap(List::stream)
                        .map(ReportedSystem::experiment)
                        .toList(),
                benchmarks);
    }

    private static List<ReportedSystem> systems(StoredExperiment manifest, DistinctNames names) {
        List<ReportedSystem> systems = new ArrayList<>();
        for (SystemManifest system : manifest.manifest().systems())
            systems.add(new ReportedSystem(
                    system.name(),
                    system.stage(),
                    ReportedExperiment.of(
                            manifest.file(), names.of(fileName(system.name())), system.manifest(), manifest.store())));
        return systems;
    }

    private static BenchmarkTable table(StoredExperiment benchmark) {
        return BenchmarkTable.of(benchmark.plan(), StoredResults.of(benchmark.plan(), benchmark.store()), Map.of())
                .withPublished(PublishedScores.of(benchmark.manifest().manifest(), benchmark.plan(), benchmark.file()));
    }

    /// What was chosen has signs that a file's name should not have.
    private static String fileName(String system) {
        return system.replaceAll("[^A-Za-z0-9._+@-]+", "-");
    }

    /// With the baseline of the experiment's own benchmark.
    BaselineComparison comparison(ReportedExperiment experiment) {
        return benchmarks.stream()
                .map(benchmark -> benchmark.comparison(experiment))
                .filter(comparison -> !(comparison instanceof BaselineComparison.None))
                .findFirst()
                .orElseGet(BaselineComparison.None::new);
    }
}
