package dev.isogloss.api.data;

import static dev.isogloss.api.schema.Bounds.form;
import static dev.isogloss.api.schema.Bounds.names;
import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Unlabelled text by language, one text a line, and translation pairs: what `pretrain` reads.
@ValidationRule(
        value = "!has(self.location.generated) || !has(self.pairs)",
        message = "generated text brings its own pairs (location.generated.pairs says how many): leave pairs out")
@ValidationRule(
        value = "!has(self.pairs) || !has(self.pairs.generated)",
        message = "pairs cannot be generated for text that is not: give uri or claim")
public record Corpus(
        @Required
        @Size(min = 1, max = 128)
        @Pattern(Patterns.NAME)
        @JsonPropertyDescription("Name of the corpus. With version it says which text was used. Required.")
        String name,

        @Size(min = 1, max = 128)
        @Pattern(Patterns.NAME)
        @Default("1")
        @JsonPropertyDescription("Version of the corpus: change it whenever the files change. Default \"1\".")
        String version,

        @Required
        @Size(min = 1, max = 128)
        @Distinct
        @JsonPropertyDescription("The languages it has text in. Required.")
        List<@Size(min = 1, max = 32) @Pattern(Patterns.LANGUAGE) String> languages,

        @Required
        @JsonPropertyDescription(
                "Where the text lies: one text a line, UTF-8; {language} in the path is filled in. Required.")
        Location location,

        @JsonPropertyDescription(
                "Where translation pairs lie: JSON lines with the fields source and target, or two columns separated by a "
                        + "tab; {language} is filled in, and a language without such a file has no pairs. Without it: no pairs "
                        + "(generated text brings its own).")
        @Nullable
        Location pairs) {

    public Corpus {
        present("name", name);
        form("name", name, 128, Patterns.NAME);
        present("version", version);
        form("version", version, 128, Patterns.NAME);
        languages = names("languages", languages, 128, Patterns.LANGUAGE);
        present("location", location);
    }
}
