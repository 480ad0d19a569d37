package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Range;

/// The number of a plan's steps in each state.
public record StepCounts(
        @Range(min = 0, max = 1000000) @JsonPropertyDescription("Steps of the plan.")
        int total,

        @Range(min = 0, max = 1000000) @JsonPropertyDescription("Steps whose result is there, reused ones included.")
        int succeeded,

        @Range(min = 0, max = 1000000) @JsonPropertyDescription("Steps with a pod.")
        int running,

        @Range(min = 0, max = 1000000) @JsonPropertyDescription("Steps that failed for good.")
        int failed,

        @Range(min = 0, max = 1000000) @JsonPropertyDescription("Steps whose result was there already.")
        int reused) {}
