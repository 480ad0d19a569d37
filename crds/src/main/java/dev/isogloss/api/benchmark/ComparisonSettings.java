package dev.isogloss.api.benchmark;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.task.Metric;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// What the systems of a benchmark are compared with, and by what.
public record ComparisonSettings(
        @Matches(Form.Name)
        @Length(max = SystemHead.LONGEST_NAME)
        @Meaning("The system that all others are compared with. Without it: none is compared.")
        @Nullable
        String baseline,

        @Meaning("The score of the table. Without it: the task's main one. MacroF1 has no share of single examples, and"
                + " cannot be compared.")
        @Nullable
        Metric metric,

        @Matches(Form.Split) @Length(max = 32) @Default("test") @Meaning("The split of the table.")
        String split,

        @Range(above = 0, max = 0.5)
        @Default("0.05")
        @Meaning("A difference has a star where p is below this, two below a fifth of it, three below a fiftieth.")
        double alpha,

        @Default("Holm")
        @Meaning("Holm: p is adjusted for the number of comparisons, which are those of all systems and languages;"
                + " averages over targets are adjusted for the number of systems. None: it is not.")
        Correction correction) {

    public ComparisonSettings {
        Bounds.check(ComparisonSettings.class, baseline, metric, split, alpha, correction);
    }
}
