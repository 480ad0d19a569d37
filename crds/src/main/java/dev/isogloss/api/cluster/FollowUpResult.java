package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The result of a step that the pod of another one did after it.
public record FollowUpResult(
        @Matches(Form.Key) @Meaning("The step's key.") String key,

        @Length(max = 32) @Meaning("Which kind of step.") String kind,

        @Default("false") @Meaning("Whether its result was in the store already.")
        boolean reused,

        @Items(min = 0, max = 2048) @Meaning("Its scores, if it measures.") @Nullable
        List<StepScore> scores,

        @Keys(max = 64, length = 64) @Meaning("Further numbers by name.") @Nullable
        Map<String, @Length(max = 24) String> facts,

        @Default("false") @Meaning("Whether it, of a round of a run, only kept the model of the round before.")
        boolean keptModel,

        @Keys(max = 16, length = 64) @Meaning("SHA-256 of what it hands on, by name: pseudo-labels.") @Nullable
        Map<String, @Length(min = 64, max = 64) String> digests,

        @Length(max = 2048)
        @Meaning("Of a labelling, what the model says of up to 1,000 texts, a byte each in base64.")
        @Nullable
        String labelSketch) {}
