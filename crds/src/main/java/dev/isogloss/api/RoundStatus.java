package dev.isogloss.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// What one model did in one round.
public record RoundStatus(
        @Min(1) @Max(1000) @JsonPropertyDescription("Number of the round, from 1.")
        int round,

        @Size(min = 1, max = 32) @JsonPropertyDescription("Name of the model.")
        String model,

        @Min(0) @Max(Limits.SEED) @JsonPropertyDescription("Examples of the pool it labelled.") @Nullable
        Long labelled,

        @Min(0) @Max(Limits.SEED) @JsonPropertyDescription("Of these, labels it was confident of.") @Nullable
        Long confident,

        @Min(0) @Max(Limits.SEED) @JsonPropertyDescription("Of these, labels handed on.") @Nullable
        Long selected,

        @Size(min = 1, max = 24) @JsonPropertyDescription("Its headline score.") @Nullable
        String score) {}
