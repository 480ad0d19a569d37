package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.Published;
import dev.isogloss.api.benchmark.SystemHead;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.plan.Plan;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.report.benchmark.PublishedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The published numbers that a benchmark names, from its manifest or from a page beside it.
final class PublishedScores {
    private PublishedScores() {}

    /// By system and column of the table, in per cent; none for other kinds.
    ///
    /// @param plan of the manifest
    /// @param file that the manifest was read from
    /// @throws InvalidInput if there is no such page, no table in it, or a number that is none or for no column
    static Map<String, Map<String, Double>> of(Manifest manifest, Plan plan, Path file) {
        if (!(manifest instanceof TransferBenchmarkManifest benchmark)) return Map.of();
        Published published = benchmark.spec().published();
        if (published == null) return Map.of();
        List<String> columns = BenchmarkTable.of(plan, Map.of(), Map.of()).columns();
        return published.scores() != null
                ? inColumns(published.scores(), columns, benchmark)
                : page(published, columns, benchmark, file);
    }

    private static Map<String, Map<String, Double>> inColumns(
            Map<String, Map<String, Double>> scores, List<String> columns, TransferBenchmarkManifest benchmark) {
        scores.forEach((system, numbers) -> numbers.keySet().forEach(language -> {
            if (!columns.contains(language))
                throw new InvalidInput(benchmark.located(
                        "spec.published.scores.%s has a number for %s, which is no column of the table. Write one of %s."
                                .formatted(system, language, String.join(", ", columns))));
        }));
        return scores;
    }

    private static Map<String, Map<String, Double>> page(
            Published published, List<String> columns, TransferBenchmarkManifest benchmark, Path file) {
        Path page = file.resolveSibling(Objects.requireNonNull(published.file()));
        List<String> systems = benchmark.spec().systems().stream()
                .map(system -> system.path(SystemHead.NAME).asText())
                .toList();
        try {
            return PublishedTables.read(page.toString(), Files.readString(page), published.heading(), systems, columns);
        } catch (IOException failure) {
            throw new InvalidInput(
                    benchmark.located(
                            "spec.published.file is %s, and %s cannot be read. Name a page beside the manifest."
                                    .formatted(published.file(), page)),
                    failure);
        }
    }
}
