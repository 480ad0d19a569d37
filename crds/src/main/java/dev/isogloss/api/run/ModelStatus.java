package dev.isogloss.api.run;

import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Required;

/// The progress of one model of a run.
public record ModelStatus(
        @Required @Length(max = 65) @Meaning("Name of the model, and the target where targets are learnt separately.")
        String model,

        @Range(min = 0, max = 1000) @Meaning("Last round that was measured.")
        int lastRound,

        @Length(max = 24) @Meaning("Its headline score.") String last,

        @Range(min = 0, max = 1000) @Meaning("Round with the highest headline score.")
        int bestRound,

        @Length(max = 24) @Meaning("That score.") String best) {}
