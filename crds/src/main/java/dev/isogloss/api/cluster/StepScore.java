package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;

/// One score of one model.
public record StepScore(
        @Length(max = 32) @Meaning("Language measured on.") String language,

        @Length(max = 32) @Meaning("Split measured on.") String split,

        @Length(max = 32) @Meaning("Which score.") String metric,

        @Length(max = 24) @Meaning("Its value, between 0 and 1.")
        String value,

        @Range(min = 0, max = Limits.SEED) @Meaning("Number of examples.")
        long examples) {}
