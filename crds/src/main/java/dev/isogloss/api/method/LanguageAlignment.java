package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Learning from translations of some labelled texts (Yu & Joty, 2021, section 3.2).
public record LanguageAlignment(
        @Range(min = 1, max = Limits.EXAMPLES)
        @Default("200")
        @Meaning("How many source texts count as translated; those with most translations first, else drawn evenly. "
                + "Default 200, as in the paper.")
        int translations,

        @Items(max = 128, distinct = true)
        @Meaning("Languages whose translations are read. Without it: the targets.")
        @Nullable
        List<@Matches(Form.Language) String> languages,

        @Defaulted @Meaning("Texts of one class near each other, while the task is learnt. Default {}: of all texts.")
        LabelAlignment label,

        @Defaulted
        @Meaning("Texts near their translations, in a second phase. Default {}: one epoch; epochs 0 leaves it out.")
        SemanticAlignment semantic) {

    public LanguageAlignment {
        Bounds.check(LanguageAlignment.class, translations, languages, label, semantic);
        if (languages != null) languages = List.copyOf(languages);
    }
}
