package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.names;
import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Learning from translations of some labelled texts (Yu & Joty, 2021, section 3.2).
public record LanguageAlignment(
        @Min(1)
        @Max(Limits.EXAMPLES)
        @Default("200")
        @JsonPropertyDescription(
                "How many source texts count as translated; those with most translations first, else drawn evenly. "
                        + "Default 200, as in the paper.")
        int translations,

        @Size(min = 1, max = 128)
        @Distinct
        @JsonPropertyDescription("Languages whose translations are read. Without it: the targets.")
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.LANGUAGE) String> languages,

        @Defaulted
        @JsonPropertyDescription(
                "Texts of one class near each other, while the task is learnt. Default {}: of all texts.")
        LabelAlignment label,

        @Defaulted
        @JsonPropertyDescription(
                "Texts near their translations, in a second phase. Default {}: one epoch; epochs 0 leaves it out.")
        SemanticAlignment semantic) {

    public LanguageAlignment {
        within("translations", translations, 1, Limits.EXAMPLES);
        if (languages != null) languages = names("languages", languages, 128, Patterns.LANGUAGE);
        present("label", label);
        present("semantic", semantic);
    }
}
