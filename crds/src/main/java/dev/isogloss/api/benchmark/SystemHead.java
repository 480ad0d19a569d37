package dev.isogloss.api.benchmark;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import org.jspecify.annotations.Nullable;

/// The fields of a system that are no part of its experiment.
public record SystemHead(
        @Matches(Form.Name) @Length(max = SystemHead.LONGEST_NAME) @Meaning("What the table calls it.")
        String name,

        @Length(max = 64)
        @Meaning(
                "The stage whose scores are the system's, as isogloss results calls it; of a run the name of a model, or"
                        + " ensemble; of triTraining models, for the mean over its three. Without it: the last stage that is"
                        + " measured; of a run the last model, of triTraining with evaluate.ensemble all three as one.")
        @Nullable
        String stage) {
    /// Characters of a name.
    public static final int LONGEST_NAME = 48;

    /// The field of the name.
    public static final String NAME = "name";

    /// The field of the stage.
    public static final String STAGE = "stage";
}
