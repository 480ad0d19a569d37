package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.schema.KeyedBy;
import dev.isogloss.api.schema.Limits;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of a run.
public record CoTrainingRunStatus(
        @JsonUnwrapped ExperimentStatus common,

        @Min(0) @Max(1000) @JsonPropertyDescription("The round under way.") @Nullable
        Integer round,

        @Size(min = 1, max = 16) @JsonPropertyDescription("The round under way of all: 2/5.") @Nullable
        String roundProgress,

        @Size(min = 1, max = 65) @JsonPropertyDescription("The model with the highest headline score so far.") @Nullable
        String bestModel,

        @Size(min = 1, max = 24) @JsonPropertyDescription("That score.") @Nullable
        String bestScore,

        @Min(0)
        @Max(Limits.SEED)
        @JsonPropertyDescription("Labels that all models have handed on so far, over all seeds.")
        @Nullable
        Long pseudoLabels,

        @Size(min = 0, max = 1024) @KeyedBy("model") @JsonPropertyDescription("How far each model has come.") @Nullable
        List<ModelStatus> models,

        @Size(min = 0, max = 160)
        @JsonPropertyDescription("The last ten rounds; all of them are in the store.")
        @Nullable
        List<RoundStatus> rounds) {}
