package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of a step and its result.
public record TrainingStepStatus(
        @Meaning("One word for people, derived from conditions.") @Nullable
        Phase phase,

        @Range(min = 0, max = Limits.SEED) @Meaning("Generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @Items(min = 0, max = 16, keyedBy = "type") @Meaning("What holds of it, in detail.") @Nullable
        List<Condition> conditions,

        @Length(max = 63) @Meaning("Name of its Job.") @Nullable
        String job,

        @Range(min = 0, max = 1000000) @Default("0") @Meaning("Pods that were started for it.")
        int attempts,

        @Default("false") @Meaning("Whether its result was in the store already.")
        boolean reused,

        @Items(min = 0, max = 2048) @Meaning("Its scores, if it measures.") @Nullable
        List<StepScore> scores,

        @Keys(max = 1024, length = 64) @Meaning("Further numbers by name: updates, seconds, finalLoss.") @Nullable
        Map<String, @Length(max = 24) String> facts,

        @Default("false")
        @Meaning("Whether it, of a round of a run, only kept the model of the round before, since the rounds did not "
                + "get better.")
        boolean keptModel,

        @Keys(max = 16, length = 64) @Meaning("SHA-256 of what it hands on, by name: pseudo-labels.") @Nullable
        Map<String, @Length(min = 64, max = 64) String> digests,

        @Length(max = 2048)
        @Meaning("Of a labelling, what the model says of up to 1,000 texts, a byte each in base64: from which a run "
                + "tells how far its models agree.")
        @Nullable
        String labelSketch,

        @Length(max = 40) @Meaning("When its first pod started.") @Nullable
        String startTime,

        @Length(max = 40) @Meaning("When it ended.") @Nullable
        String completionTime,

        @Items(min = 0, max = TrainingStepSpec.FOLLOW_UPS)
        @Meaning("Results of the steps that its pod did after it.")
        @Nullable
        List<FollowUpResult> followUps) {

    /// Of a step that nothing has followed.
    public TrainingStepStatus(
            @Nullable Phase phase,
            @Nullable Long observedGeneration,
            @Nullable List<Condition> conditions,
            @Nullable String job,
            int attempts,
            boolean reused,
            @Nullable List<StepScore> scores,
            @Nullable Map<String, String> facts,
            boolean keptModel,
            @Nullable Map<String, String> digests,
            @Nullable String labelSketch,
            @Nullable String startTime,
            @Nullable String completionTime) {
        this(
                phase,
                observedGeneration,
                conditions,
                job,
                attempts,
                reused,
                scores,
                facts,
                keptModel,
                digests,
                labelSketch,
                startTime,
                completionTime,
                null);
    }
}
