package dev.isogloss.api.data;

import static dev.isogloss.api.schema.Bounds.form;
import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// Words and their neighbours: what methods that replace words read.
@ValidationRule(
        value = "!has(self.location.generated)",
        message = "a dictionary cannot be generated: give its location a uri or a claim")
public record Dictionary(
        @Required
        @Size(min = 1, max = 128)
        @Pattern(Patterns.NAME)
        @JsonPropertyDescription("Name of the dictionary. With version it says which words were used. Required.")
        String name,

        @Size(min = 1, max = 128)
        @Pattern(Patterns.NAME)
        @Default("1")
        @JsonPropertyDescription("Version of the dictionary: change it whenever the file changes. Default \"1\".")
        String version,

        @Required
        @JsonPropertyDescription(
                "Where the file lies: one JSON object with a list of words for each word, UTF-8. Required.")
        Location location) {

    public Dictionary {
        present("name", name);
        form("name", name, 128, Patterns.NAME);
        present("version", version);
        form("version", version, 128, Patterns.NAME);
        present("location", location);
    }
}
