package dev.isogloss.api.run;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The labels and scores of one model in one round; with several seeds the mean over those that are as far.
public record RoundStatus(
        @Range(min = 0, max = 1000) @Meaning("Number of the round, from 1; 0 is the warm-up of triTraining.")
        int round,

        @Length(max = 65) @Meaning("Name of the model, and the target where targets are learnt separately.")
        String model,

        @Range(min = 0, max = Limits.SEED) @Meaning("Examples of the pool it labelled.") @Nullable
        Long labelled,

        @Range(min = 0, max = Limits.SEED)
        @Meaning("Of these, those it was confident of and had not handed on before.")
        @Nullable
        Long confident,

        @Range(min = 0, max = Limits.SEED) @Meaning("Of these, labels handed on.") @Nullable
        Long selected,

        @Keys(max = 20, length = 64) @Meaning("Labels handed on, by label; left out for more than twenty.") @Nullable
        Map<String, @Range(min = 0, max = Limits.SEED) Long> classes,

        @Length(max = 24)
        @Meaning("Share of the labels handed on that are wrong; known where the pool has labels.")
        @Nullable
        String noise,

        @Length(max = 24)
        @Meaning("Share of the pool of which it says what the other models say; of large pools estimated from 1,000 "
                + "texts.")
        @Nullable
        String agreement,

        @Length(max = 24)
        @Meaning("Trainings of the round that were better than the model before, of those that had to be: 2/2.")
        @Nullable
        String accepted,

        @Length(max = 24) @Meaning("The score that selected its checkpoint.") @Nullable
        String selectionScore,

        @Length(max = 24) @Meaning("Its headline score.") @Nullable
        String score,

        @Matches(Form.Key)
        @Meaning("SHA-256 of the file of labels handed on; with several seeds, of the files' digests, one a line.")
        @Nullable
        String digest) {}
