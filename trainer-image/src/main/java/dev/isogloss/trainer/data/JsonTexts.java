package dev.isogloss.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.isogloss.api.WholeCharacters;

/// The texts inside a line of JSON. What is read of a line is written again (ids and labels into predictions, texts
/// into vocabularies), so half a character becomes U+FFFD here, as it would for the tokenizer.
final class JsonTexts {
    private JsonTexts() {}

    /// @param line what `node` was read from: only the number of a surrogate, written out, can stand for half of one
    static JsonNode mended(JsonNode node, String line) {
        return line.contains("\\ud") || line.contains("\\uD") ? mended(node) : node;
    }

    private static JsonNode mended(JsonNode node) {
        return switch (node) {
            case TextNode text -> TextNode.valueOf(WholeCharacters.of(text.textValue()));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) array.set(i, mended(array.get(i)));
                yield array;
            }
            case ObjectNode object -> {
                object.properties().forEach(member -> member.setValue(mended(member.getValue())));
                yield object;
            }
            default -> node;
        };
    }
}
