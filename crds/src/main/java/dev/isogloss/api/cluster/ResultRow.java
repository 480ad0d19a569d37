package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import org.jspecify.annotations.Nullable;

/// One line of the results: a score over all seeds. Decimals are strings, as in all of Kubernetes.
public record ResultRow(
        @Length(max = 64) @Meaning("Name of the stage.") String stage,

        @Length(max = 32) @Meaning("Language, or \"average\" for the mean over the targets.")
        String language,

        @Length(max = 32) @Meaning("Split it was measured on.")
        String split,

        @Length(max = 32) @Meaning("Which score.") String metric,

        @Length(max = 24) @Meaning("Mean over the seeds, between 0 and 1.")
        String mean,

        @Length(max = 24) @Meaning("Sample standard deviation over the seeds; missing with one seed.") @Nullable
        String std,

        @Length(max = 24) @Meaning("Half width of the 95 % t-interval of the mean; missing with one seed.") @Nullable
        String ci95,

        @Range(min = 0, max = 1000000)
        @Meaning("Number of seeds; in the rows of all models together, models times seeds.")
        int n) {}
