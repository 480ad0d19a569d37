package dev.isogloss.api.experiment;

import static dev.isogloss.api.schema.Bounds.names;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The splits and languages that every classifier is measured on.
public record Evaluate(
        @Size(min = 1, max = 128)
        @Distinct
        @Default("[\"test\"]")
        @JsonPropertyDescription("Splits to measure on. Default [test].")
        List<@Size(min = 1, max = 32) @Pattern(Patterns.SPLIT) String> splits,

        @Size(min = 1, max = 129)
        @Distinct
        @JsonPropertyDescription("Languages to measure on. Without it: source and targets.")
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.LANGUAGE) String> languages,

        @Default("false")
        @JsonPropertyDescription(
                "Also measure the models of all seeds as one: the mean of their probabilities, as stage NAME-ensemble."
                        + " Default false.")
        boolean ensemble) {

    public Evaluate {
        splits = names("splits", splits, 128, Patterns.SPLIT);
        if (languages != null) languages = names("languages", languages, 129, Patterns.LANGUAGE);
    }
}
