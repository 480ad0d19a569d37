package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Limits;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/// One score of one model.
public record StepScore(
        @Size(min = 1, max = 32) @JsonPropertyDescription("Language measured on.")
        String language,

        @Size(min = 1, max = 32) @JsonPropertyDescription("Split measured on.")
        String split,

        @Size(min = 1, max = 32) @JsonPropertyDescription("Which score.")
        String metric,

        @Size(min = 1, max = 24) @JsonPropertyDescription("Its value, between 0 and 1.")
        String value,

        @Min(0) @Max(Limits.SEED) @JsonPropertyDescription("Number of examples.")
        long examples) {}
