package dev.isogloss.trainer.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.json.JsonMistake;

/// Files that are one JSON object, read whole.
public final class WholeJson {
    private WholeJson() {}

    /// @param most bytes that no sound file of its kind has
    /// @throws InvalidInput if the file is longer, or no JSON object; says where
    public static JsonNode of(InputFile file, int most) {
        String text = WholeText.of(file, most);
        try {
            JsonNode root = Json.PLAIN.readTree(text);
            if (!root.isObject()) throw new InvalidInput("%s is not a JSON object.".formatted(file.path()));
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw new InvalidInput(
                    "%s%s: cannot be read as JSON: %s. Fetch or copy it again."
                            .formatted(
                                    file.path(),
                                    where == null ? "" : ":%d:%d".formatted(where.getLineNr(), where.getColumnNr()),
                                    JsonMistake.inWords(e)),
                    e);
        }
    }
}
