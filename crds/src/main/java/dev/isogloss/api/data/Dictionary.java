package dev.isogloss.api.data;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/// Words and their neighbours: what methods that replace words read.
@ValidationRule(
        value = "!has(self.location.generated)",
        message = "a dictionary cannot be generated: give its location a uri or a claim",
        fieldPath = ".location.generated")
public record Dictionary(
        @Matches(Form.Name) @Meaning("Name of the dictionary. With version it says which words were used.")
        String name,

        @Matches(Form.Name)
        @Default("1")
        @Meaning("Version of the dictionary: change it whenever the file changes. Default \"1\".")
        String version,

        @Meaning("Where the file lies: one JSON object with a list of words for each word, UTF-8.")
        Location location) {

    public Dictionary {
        Bounds.check(Dictionary.class, name, version, location);
    }
}
