package dev.isogloss.api.experiment;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The splits and languages that every classifier is measured on.
public record Evaluate(
        @Items(max = 128, distinct = true) @Default("[\"test\"]") @Meaning("Splits to measure on. Default [test].")
        List<@Matches(Form.Split) String> splits,

        @Items(max = 129, distinct = true)
        @Meaning("Languages to measure on. Without it: source and targets.")
        @Nullable
        List<@Matches(Form.Language) String> languages,

        @Default("false")
        @Meaning(
                "Also measure the models of all seeds as one: the mean of their probabilities, as stage NAME-ensemble.")
        boolean ensemble,

        @Default("false") @Meaning("Also measure a model that is for one target on the other targets.")
        boolean otherTargets) {

    public Evaluate {
        Bounds.check(Evaluate.class, splits, languages, ensemble, otherTargets);
        splits = List.copyOf(splits);
        if (languages != null) languages = List.copyOf(languages);
    }
}
