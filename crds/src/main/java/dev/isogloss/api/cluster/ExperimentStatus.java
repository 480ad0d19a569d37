package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of an experiment, as all kinds of them have it. A kind that tells more has a record of its own, in which
/// this one is `@JsonUnwrapped`: for Kubernetes all fields stand side by side.
public record ExperimentStatus(
        @Meaning("One word for people: Pending, Running, Succeeded, Failed, Suspended or Invalid; derived from "
                + "conditions.")
        @Nullable
        Phase phase,

        @Range(min = 0, max = Limits.SEED) @Meaning("Generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @Items(min = 0, max = 16, keyedBy = "type") @Meaning("What holds of it, in detail.") @Nullable
        List<Condition> conditions,

        @Meaning("How many steps are where.") @Nullable StepCounts steps,

        @Length(max = 32) @Meaning("Steps done of all: 9/21.") @Nullable
        String progress,

        @Length(max = 128) @Meaning("The best headline score so far: metric, value, stage.") @Nullable
        String best,

        @Items(min = 0, max = 1024) @Meaning("Scores over seeds, as far as they are there.") @Nullable
        List<ResultRow> results,

        @Length(max = 40) @Meaning("When its first step started.") @Nullable
        String startTime,

        @Length(max = 40) @Meaning("When it ended.") @Nullable
        String completionTime) {
    public static final ExperimentStatus NONE =
            new ExperimentStatus(null, null, null, null, null, null, null, null, null);
}
