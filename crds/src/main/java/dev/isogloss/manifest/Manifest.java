package dev.isogloss.manifest;

import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import org.jspecify.annotations.Nullable;

/// A resource as a file declares it, defaults filled in.
public sealed interface Manifest {
    String name();

    @Nullable
    String namespace();

    Record spec();

    record TransferExperimentManifest(String name, @Nullable String namespace, TransferExperimentSpec spec)
            implements Manifest {}

    /// Of its parts nothing is filled in: that waits until they are merged ([Benchmarks]).
    record TransferBenchmarkManifest(String name, @Nullable String namespace, TransferBenchmarkSpec spec)
            implements Manifest {}

    record CoTrainingRunManifest(String name, @Nullable String namespace, CoTrainingRunSpec spec) implements Manifest {}
}
