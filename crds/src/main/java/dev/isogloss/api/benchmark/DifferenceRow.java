package dev.isogloss.api.benchmark;

import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Meaning;
import org.jspecify.annotations.Nullable;

/// What sets a system apart from the baseline in one language. Decimals are strings, as in all of Kubernetes.
public record DifferenceRow(
        @Length(max = SystemHead.LONGEST_NAME) @Meaning("The system.")
        String system,

        @Length(max = 32) @Meaning("Language, or \"average\" for the mean over the targets.")
        String language,

        @Length(max = 24) @Meaning("The system's score less the baseline's, on the same examples and seeds.")
        String difference,

        @Length(max = 24) @Meaning("Lower end of the 95 % interval of the difference.")
        String low,

        @Length(max = 24) @Meaning("Upper end of that interval.")
        String high,

        @Length(max = 24) @Meaning("p of approximate randomisation, adjusted as comparison.correction says.")
        String p,

        @Length(max = 3) @Meaning("A star where p is below alpha; two and three far below.") @Nullable
        String stars) {}
