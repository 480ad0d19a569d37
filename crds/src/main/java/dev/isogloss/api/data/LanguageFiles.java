package dev.isogloss.api.data;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A language whose files lie elsewhere, or are split otherwise, than the dataset's.
@ValidationRule(
        value = "has(self.path) || has(self.splits)",
        message = "give the language a path or splits of its own, or leave it out")
@ValidationRule(
        value = "!has(self.path) || self.path.matches('" + Form.PLACEHOLDERS + "')",
        message = "write {language} or {split} in path; there are no other placeholders, and no other braces",
        fieldPath = ".path")
public record LanguageFiles(
        @Matches(Form.Language) @Meaning("The language that is different.")
        String language,

        @Matches(Form.RelativePath)
        @Meaning("Path inside the dataset's claim (or the end of its uri, from the last folder without placeholder) "
                + "for this language; may hold {split}. Without it: the dataset's path.")
        @Nullable
        String path,

        @Keys(max = 128, length = 32)
        @Meaning("How this language's splits are cut, by split; a split not named here is cut as the dataset says.")
        @Nullable
        Map<String, SplitSource> splits) {

    public LanguageFiles {
        Bounds.check(LanguageFiles.class, language, path, splits);
        if (splits != null) splits = Bounds.copy(splits);
    }
}
