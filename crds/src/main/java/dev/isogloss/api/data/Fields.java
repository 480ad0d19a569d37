package dev.isogloss.api.data;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The names of fields of a JSON line, or of columns in a table's header.
public record Fields(
        @Length(max = 128) @Default("text") @Meaning("Field of the text.")
        String text,

        @Length(max = 128) @Meaning("Field of the second text of a pair. Without it: text2.") @Nullable
        String secondText,

        @Length(max = 128) @Default("label") @Meaning("Field of the label.")
        String label,

        @Length(max = 128)
        @Meaning("Field of the example's name. Without it: id where fields is left out, else the number of its line.")
        @Nullable
        String id) {

    public Fields {
        Bounds.check(Fields.class, text, secondText, label, id);
    }
}
