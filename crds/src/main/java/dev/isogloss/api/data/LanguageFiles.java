package dev.isogloss.api.data;

import static dev.isogloss.api.schema.Bounds.copy;
import static dev.isogloss.api.schema.Bounds.form;
import static dev.isogloss.api.schema.Bounds.length;
import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A language whose files lie elsewhere, or are split otherwise, than the dataset's.
@ValidationRule(
        value = "has(self.path) || has(self.splits)",
        message = "give the language a path or splits of its own, or leave it out")
public record LanguageFiles(
        @Required
        @Size(min = 1, max = 32)
        @Pattern(Patterns.LANGUAGE)
        @JsonPropertyDescription("The language that is different. Required.")
        String language,

        @Size(min = 1, max = 512)
        @Pattern(Patterns.RELATIVE_PATH)
        @JsonPropertyDescription(
                "Path inside the dataset's claim (or the end of its uri, from the last folder without placeholder) for "
                        + "this language; may hold {split}. Without it: the dataset's path.")
        @Nullable
        String path,

        @Keys(max = 128, length = 32)
        @JsonPropertyDescription(
                "How this language's splits are cut, by split; a split not named here is cut as the dataset says.")
        @Nullable
        Map<String, SplitSource> splits) {

    public LanguageFiles {
        present("language", language);
        form("language", language, 32, Patterns.LANGUAGE);
        form("path", path, 512, Patterns.RELATIVE_PATH);
        if (splits != null) splits = copy(splits);
    }
}
