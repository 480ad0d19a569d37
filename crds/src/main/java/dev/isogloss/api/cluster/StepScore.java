package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Range;

/// One score of one model.
public record StepScore(
        @Length(max = 32) @JsonPropertyDescription("Language measured on.")
        String language,

        @Length(max = 32) @JsonPropertyDescription("Split measured on.")
        String split,

        @Length(max = 32) @JsonPropertyDescription("Which score.")
        String metric,

        @Length(max = 24) @JsonPropertyDescription("Its value, between 0 and 1.")
        String value,

        @Range(min = 0, max = Limits.SEED) @JsonPropertyDescription("Number of examples.")
        long examples) {}
