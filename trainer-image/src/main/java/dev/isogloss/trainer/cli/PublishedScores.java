package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.Published;
import dev.isogloss.api.benchmark.SystemHead;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
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

    /// By system and language, in per cent; none for other kinds.
    ///
    /// @param file of the manifest
    /// @throws InvalidInput if there is no such page, or no table in it
    static Map<String, Map<String, Double>> of(Manifest manifest, Path file) {
        if (!(manifest instanceof TransferBenchmarkManifest benchmark)) return Map.of();
        TransferBenchmarkSpec spec = benchmark.spec();
        Published published = spec.published();
        if (published == null) return Map.of();
        if (published.scores() != null) return published.scores();
        Path page = file.resolveSibling(Objects.requireNonNull(published.file()));
        List<String> systems = spec.systems().stream()
                .map(system -> system.path(SystemHead.NAME).asText())
                .toList();
        try {
            return PublishedTables.read(page.toString(), Files.readString(page), published.heading(), systems);
        } catch (IOException failure) {
            throw new InvalidInput(
                    "spec.published.file is %s, and %s cannot be read. Name a page beside the manifest."
                            .formatted(published.file(), page),
                    failure);
        }
    }
}
