package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The manifests that users start from, and their plans.
public final class Examples {
    static final Path FOLDER = Path.of("../examples");

    private Examples() {}

    /// All of them, in the order of their paths.
    public static List<Path> files() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static Plan plan(Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest experiment -> Planner.plan(experiment.name(), experiment.spec());
            case CoTrainingRunManifest run -> Planner.plan(run.name(), run.spec());
            case TransferBenchmarkManifest benchmark -> Planner.plan(benchmark.name(), benchmark.spec());
        };
    }

    /// The plan of a file's first manifest after edits of its text.
    ///
    /// @param edits what is replaced, and by what, in turn
    public static Plan edited(String file, String... edits) {
        try {
            String text = Files.readString(FOLDER.resolve(file));
            for (int i = 0; i < edits.length; i += 2) {
                assertThat(text).contains(edits[i]);
                text = text.replace(edits[i], edits[i + 1]);
            }
            return plan(ManifestReader.read(file, text).getFirst());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
