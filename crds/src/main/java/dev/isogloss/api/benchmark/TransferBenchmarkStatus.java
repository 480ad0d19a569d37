package dev.isogloss.api.benchmark;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Meaning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of a benchmark. Its table is in `results`, with the name of a system for the stage.
public record TransferBenchmarkStatus(
        @JsonUnwrapped ExperimentStatus common,

        @Length(max = 32) @Meaning("Systems whose line is whole, of all: 4/7.") @Nullable
        String systemsDone,

        @Items(min = 0, max = 64, keyedBy = "name")
        @Meaning("How each system stands, in the order of the manifest.")
        @Nullable
        List<SystemStatus> systems,

        @Items(min = 0, max = 1024)
        @Meaning("What sets systems apart from the baseline, as far as it is known.")
        @Nullable
        List<DifferenceRow> differences) {}
