package dev.isogloss.trainer.cli;

import dev.isogloss.planner.PlannedManifest.SystemManifest;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.trainer.cli.StoredExperiments.StoredExperiment;
import dev.isogloss.trainer.report.DistinctNames;
import dev.isogloss.trainer.report.ReportedBenchmark;
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
        List<ReportedExperiment> experiments = new ArrayList<>();
        for (StoredExperiment each : manifests)
            for (SystemManifest system : each.manifest().systems())
                experiments.add(ReportedExperiment.of(
                        each.file(), names.of(fileName(system.name())), system.manifest(), each.store()));
        List<ReportedBenchmark> benchmarks = manifests.stream()
                .filter(each -> each.plan().benchmark() != null)
                .map(each -> new ReportedBenchmark(names.of(each.plan().name()), table(each)))
                .toList();
        return new ReportedManifests(experiments, benchmarks);
    }

    private static BenchmarkTable table(StoredExperiment benchmark) {
        return BenchmarkTable.of(benchmark.plan(), StoredResults.of(benchmark.plan(), benchmark.store()), Map.of())
                .withPublished(PublishedScores.of(benchmark.manifest().manifest(), benchmark.file()));
    }

    /// What was chosen has signs that a file's name should not have.
    static String fileName(String system) {
        return system.replaceAll("[^A-Za-z0-9._+@-]+", "-");
    }
}
