package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Required;

/// The progress of one model of a run.
public record ModelStatus(
        @Required
        @Length(max = 65)
        @JsonPropertyDescription("Name of the model, and the target where targets are learnt separately. Required.")
        String model,

        @Range(min = 1, max = 1000) @JsonPropertyDescription("Last round that was measured.")
        int lastRound,

        @Length(max = 24) @JsonPropertyDescription("Its headline score.")
        String last,

        @Range(min = 1, max = 1000) @JsonPropertyDescription("Round with the highest headline score.")
        int bestRound,

        @Length(max = 24) @JsonPropertyDescription("That score.")
        String best) {}
