package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pieces of a file's model (`model.vocab`), read one by one: as a tree, 250,000 of them take ten times the memory
/// and most of the time.
///
/// @param ids     in the file's order; of pieces of the same text the last one's
/// @param size    of a list, duplicates counted
/// @param mistake the first piece whose id is none, with that; null if there is no such
record FilePieces(
        Map<String, Integer> ids, int size, @Nullable String mistake) {
    static final FilePieces NONE = new FilePieces(Map.of(), 0, null);
    /// No word table has so many rows; a greater id is a slip of somebody's pen.
    private static final int MOST = 50_000_000;

    /// @param json at the first token of the vocabulary, and then at its last
    static FilePieces read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> list(json);
            default -> NONE;
        };
    }

    private static FilePieces object(JsonParser json) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        String mistake = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String piece = json.currentName();
            boolean small =
                    json.nextToken() == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT;
            int id = small ? json.getIntValue() : -1;
            if (id >= 0 && id < MOST) ids.put(piece, id);
            else {
                JsonNode stated = json.readValueAsTree();
                if (mistake == null) mistake = "the piece %s the id %s".formatted(piece, stated);
            }
        }
        return new FilePieces(ids, ids.size(), mistake);
    }

    /// A piece is the first entry of a list, beside its score.
    private static FilePieces list(JsonParser json) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        int size = 0;
        for (; json.nextToken() != JsonToken.END_ARRAY; size++) {
            String piece = "";
            if (json.currentToken() == JsonToken.START_ARRAY) {
                if (json.nextToken().isScalarValue()) piece = json.getText();
                while (json.currentToken() != JsonToken.END_ARRAY) {
                    json.skipChildren();
                    json.nextToken();
                }
            } else json.skipChildren();
            ids.put(piece, size);
        }
        return new FilePieces(ids, size, null);
    }
}
