package dev.isogloss.api.benchmark;

import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// How a system stands. Decimals are strings, as in all of Kubernetes.
public record SystemStatus(
        @Required @Length(max = SystemHead.LONGEST_NAME) @Meaning("Its name.")
        String name,

        @Length(max = 32) @Meaning("Its steps that are done, of all: 9/21. Steps that systems share count in each.")
        String progress,

        @Length(max = 256) @Meaning("Of a sweep, the values that were chosen.") @Nullable
        String chosen,

        @Length(max = 24)
        @Meaning("Its headline score, between 0 and 1: the mean over seeds of the average over the targets.")
        @Nullable
        String mean,

        @Length(max = 24) @Meaning("Half width of that mean's 95 % t-interval; missing with one seed.") @Nullable
        String ci95,

        @Length(max = 24) @Meaning("That score less the baseline's, on the seeds of both.") @Nullable
        String difference,

        @Length(max = 24) @Meaning("p of that difference, adjusted for the number of systems.") @Nullable
        String p,

        @Length(max = 3) @Meaning("A star where p is below alpha; two and three far below.") @Nullable
        String stars,

        @Length(max = 512) @Meaning("Why its line is empty, or short, where a step of it failed.") @Nullable
        String failure) {}
