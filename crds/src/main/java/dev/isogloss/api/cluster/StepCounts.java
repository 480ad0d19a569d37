package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;

/// The number of a plan's steps in each state.
public record StepCounts(
        @Range(min = 0, max = 1000000) @Meaning("Steps of the plan.")
        int total,

        @Range(min = 0, max = 1000000) @Meaning("Steps whose result is there, reused ones included.")
        int succeeded,

        @Range(min = 0, max = 1000000) @Meaning("Steps with a pod.")
        int running,

        @Range(min = 0, max = 1000000) @Meaning("Steps that failed for good.")
        int failed,

        @Range(min = 0, max = 1000000) @Meaning("Steps whose result was there already.")
        int reused) {}
