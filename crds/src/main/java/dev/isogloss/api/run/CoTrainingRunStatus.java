package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of a run.
public record CoTrainingRunStatus(
        @JsonUnwrapped ExperimentStatus common,

        @Range(min = 0, max = 1000) @Meaning("The round under way.") @Nullable
        Integer round,

        @Length(max = 16) @Meaning("The round under way of all: 2/5.") @Nullable
        String roundProgress,

        @Length(max = 65) @Meaning("The model with the highest headline score so far.") @Nullable
        String bestModel,

        @Length(max = 24) @Meaning("That score.") @Nullable String bestScore,

        @Range(min = 0, max = Limits.SEED)
        @Meaning("Labels that all models have handed on so far, over all seeds.")
        @Nullable
        Long pseudoLabels,

        @Items(min = 0, max = 1024, keyedBy = "model") @Meaning("How far each model has come.") @Nullable
        List<ModelStatus> models,

        @Items(min = 0, max = 160) @Meaning("The last ten rounds; all of them are in the store.") @Nullable
        List<RoundStatus> rounds) {}
