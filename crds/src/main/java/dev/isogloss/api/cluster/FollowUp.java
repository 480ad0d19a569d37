package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import org.jspecify.annotations.Nullable;

/// A step that the pod of another one does after it, because it reads the model that is in memory then.
public record FollowUp(
        @Matches(Form.Key) @Meaning("SHA-256 of its canonical JSON: the name of its folder in the store.")
        String key,

        @Length(max = 32) @Meaning("Which kind of step: Evaluate, PredictPool or SelectPseudoLabels.")
        String kind,

        @Length(max = 65536) @Meaning("Its canonical JSON.") String step,

        @Length(max = 256) @Meaning("A few words for people.") @Nullable
        String title) {}
