package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// One line of the results: a score over all seeds. Decimals are strings, as in all of Kubernetes.
public record ResultRow(
        @Size(min = 1, max = 64) @JsonPropertyDescription("Name of the stage.")
        String stage,

        @Size(min = 1, max = 32) @JsonPropertyDescription("Language, or \"average\" for the mean over the targets.")
        String language,

        @Size(min = 1, max = 32) @JsonPropertyDescription("Split it was measured on.")
        String split,

        @Size(min = 1, max = 32) @JsonPropertyDescription("Which score.")
        String metric,

        @Size(min = 1, max = 24) @JsonPropertyDescription("Mean over the seeds, between 0 and 1.")
        String mean,

        @Size(min = 1, max = 24)
        @JsonPropertyDescription("Sample standard deviation over the seeds; missing with one seed.")
        @Nullable
        String std,

        @Size(min = 1, max = 24)
        @JsonPropertyDescription("Half width of the 95 % t-interval of the mean; missing with one seed.")
        @Nullable
        String ci95,

        @Min(0) @Max(1000000) @JsonPropertyDescription("Number of seeds.")
        int n) {}
