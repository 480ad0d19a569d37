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

    /// Where its fields were written; null for a system of a benchmark, which is merged from several.
    @Nullable
    FieldPlaces places();

    /// Mistakes in it that show only once it is planned, with the places where its file has them.
    ///
    /// @param sentences a line each, that begin with the field that each is about
    default String located(String sentences) {
        FieldPlaces places = places();
        return places == null ? sentences : places.located(sentences);
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
