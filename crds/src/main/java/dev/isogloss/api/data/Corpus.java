package dev.isogloss.api.data;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Unlabelled text by language, one text a line, and translation pairs: what `pretrain` reads.
@ValidationRule(
        value = "!has(self.location.generated) || !has(self.pairs)",
        message = "generated text brings its own pairs (location.generated.pairs says how many): leave pairs out",
        fieldPath = ".pairs")
@ValidationRule(
        value = "!has(self.pairs) || !has(self.pairs.generated)",
        message = "pairs cannot be generated for text that is not: give uri or claim",
        fieldPath = ".pairs.generated")
public record Corpus(
        @Matches(Form.Name) @Meaning("Name of the corpus. With version it says which text was used.")
        String name,

        @Matches(Form.Name)
        @Default("1")
        @Meaning("Version of the corpus: change it whenever the files change. Default \"1\".")
        String version,

        @Items(max = 128, distinct = true) @Meaning("The languages it has text in.")
        List<@Matches(Form.Language) String> languages,

        @Meaning("Where the text lies: one text a line, UTF-8; {language} in the path is filled in.")
        Location location,

        @Meaning("Where translation pairs lie: JSON lines with the fields source and target, or two columns separated "
                + "by a tab; {language} is filled in, and a language without such a file has no pairs. Without it: "
                + "no pairs (generated text brings its own).")
        @Nullable
        Location pairs) {

    public Corpus {
        Bounds.check(Corpus.class, name, version, languages, location, pairs);
        languages = List.copyOf(languages);
    }
}
