package dev.isogloss.api.benchmark;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.task.Metric;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the values of a sweep are chosen by: the mean of these scores over languages, models and seeds.
public record ChoiceCriterion(
        @Meaning("The score. Without it: that of the table.") @Nullable
        Metric metric,

        @Matches(Form.Split)
        @Length(max = 32)
        @Default("dev")
        @Meaning("The split. On that of the table a choice would be an answer read before the test.")
        String split,

        @Items(max = 129, distinct = true)
        @Meaning("The languages. Without it: the source alone, the only one with labels in zero-shot transfer.")
        @Nullable
        List<@Matches(Form.Language) String> languages) {

    public ChoiceCriterion {
        Bounds.check(ChoiceCriterion.class, metric, split, languages);
        if (languages != null) languages = List.copyOf(languages);
    }
}
