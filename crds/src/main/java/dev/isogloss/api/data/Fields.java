package dev.isogloss.api.data;

import static dev.isogloss.api.schema.Bounds.length;
import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// The names of fields of a JSON line, or of columns in a table's header.
public record Fields(
        @Size(min = 1, max = 128) @Default("text") @JsonPropertyDescription("Field of the text. Default text.")
        String text,

        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Field of the second text of a pair. Without it: text2.")
        @Nullable
        String secondText,

        @Size(min = 1, max = 128) @Default("label") @JsonPropertyDescription("Field of the label. Default label.")
        String label,

        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Field of the example's name. Without it: id where fields is left out, "
                + "else the number of its line.")
        @Nullable
        String id) {

    public Fields {
        present("text", text);
        length("text", text, 128);
        length("secondText", secondText, 128);
        present("label", label);
        length("label", label, 128);
        length("id", id, 128);
    }
}
