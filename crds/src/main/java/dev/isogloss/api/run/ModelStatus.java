package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// The progress of one model of a run.
public record ModelStatus(
        @Required
        @Size(min = 1, max = 65)
        @JsonPropertyDescription("Name of the model, and the target where targets are learnt separately. Required.")
        String model,

        @Min(1) @Max(1000) @JsonPropertyDescription("Last round that was measured.")
        int lastRound,

        @Size(min = 1, max = 24) @JsonPropertyDescription("Its headline score.")
        String last,

        @Min(1) @Max(1000) @JsonPropertyDescription("Round with the highest headline score.")
        int bestRound,

        @Size(min = 1, max = 24) @JsonPropertyDescription("That score.")
        String best) {}
