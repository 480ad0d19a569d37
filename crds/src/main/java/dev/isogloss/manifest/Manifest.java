package dev.isogloss.manifest;

import dev.isogloss.api.InvalidInput;
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

    /// Where its fields were written; null for a system of a benchmark, which is merged from several.
    @Nullable
    FieldPlaces places();

    /// A mistake in it that shows only once it is planned.
    ///
    /// @param sentences a line each, that begin with the field that each is about
    default InvalidInput mistake(String sentences, @Nullable Throwable cause) {
        FieldPlaces places = places();
        String located = places == null ? sentences : places.located(sentences);
        return cause == null ? new InvalidInput(located) : new InvalidInput(located, cause);
    }

    record TransferExperimentManifest(
            String name,
            @Nullable String namespace,
            @Nullable FieldPlaces places,
            TransferExperimentSpec spec) implements Manifest {}

    /// Of its parts nothing is filled in: that waits until they are merged ([Benchmarks]).
    record TransferBenchmarkManifest(
            String name,
            @Nullable String namespace,
            @Nullable FieldPlaces places,
            TransferBenchmarkSpec spec) implements Manifest {}

    record CoTrainingRunManifest(
            String name,
            @Nullable String namespace,
            @Nullable FieldPlaces places,
            CoTrainingRunSpec spec) implements Manifest {}
}
