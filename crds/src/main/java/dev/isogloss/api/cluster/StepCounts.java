package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// The number of a plan's steps in each state.
public record StepCounts(
        @Min(0) @Max(1000000) @JsonPropertyDescription("Steps of the plan.")
        int total,

        @Min(0) @Max(1000000) @JsonPropertyDescription("Steps whose result is there, reused ones included.")
        int succeeded,

        @Min(0) @Max(1000000) @JsonPropertyDescription("Steps with a pod.")
        int running,

        @Min(0) @Max(1000000) @JsonPropertyDescription("Steps that failed for good.")
        int failed,

        @Min(0) @Max(1000000) @JsonPropertyDescription("Steps whose result was there already.")
        int reused) {}
