package dev.isogloss.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON object on a line of a file, for every reader of JSON lines.
///
/// A field of the wrong type is refused with its line. Turned into text instead, null would be learnt as the word
/// "null", and a list as nothing.
///
/// @param lines  at the object's line
/// @param advice what to do about a field that is missing or wrong, a sentence
record JsonRow(JsonNode object, Lines lines, String advice) {
    /// For data whose fields the manifest names.
    static final String NAMED = "Name the right one under data.fields.";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    static JsonRow of(String line, Lines lines, String advice) {
        try {
            JsonNode node = JsonTexts.mended(JSON.readTree(line), line);
            if (node.isObject()) return new JsonRow(node, lines, advice);
            throw new InvalidInput(
                    ("%s holds %s, and a JSON object such as {\"text\": \"...\", \"label\": \"...\"} is needed,"
                                    + " one object a line.")
                            .formatted(lines.place(), kind(node)));
        } catch (JsonProcessingException e) {
            throw JsonFault.of(line, e, lines);
        }
    }

    /// Refuses a first line that is a JSON object where columns are needed: read as a text or a word, it would be one.
    static void requireNone(String first, Lines lines) {
        requireNone(first, lines, "columns are needed. Write format: JsonLines.");
    }

    /// @param needed what, and what to do: the end of a sentence, and another
    static void requireNone(String first, Lines lines, String needed) {
        if (!first.startsWith("{") || !first.endsWith("}")) return;
        try {
            if (JSON.readTree(first).isObject())
                throw new InvalidInput("%s is a JSON object, and %s".formatted(lines.place(), needed));
        } catch (JsonProcessingException e) {
            return; // a text in braces
        }
    }

    boolean has(String name) {
        return object.has(name);
    }

    /// A text; null where the field holds null.
    @Nullable
    String textOrNull(String name) {
        JsonNode value = field(name);
        if (value.isNull()) return null;
        if (!value.isValueNode()) throw wrong(name, value, "a string is needed. " + advice);
        return value.asText();
    }

    /// A text that has to be there.
    String text(String name) {
        String text = textOrNull(name);
        if (text == null)
            throw wrong(name, field(name), "a string is needed. Leave the line out, or write \"\" for an empty text.");
        return text;
    }

    /// The words of a sentence.
    List<String> words(String name) {
        JsonNode value = array(name, field(name));
        List<String> words = new ArrayList<>(value.size());
        for (JsonNode word : value) {
            if (!word.isTextual() && !word.isNumber()) throw wrongElement(name, words.size(), word, "a word");
            words.add(word.asText());
        }
        return words;
    }

    /// The labels of words, each a string, a number or a boolean; null where the sentence has none.
    @Nullable
    List<String> tags(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) return null;
        array(name, value);
        List<String> tags = new ArrayList<>(value.size());
        for (JsonNode tag : value) {
            if (!tag.isValueNode() || tag.isNull()) throw wrongElement(name, tags.size(), tag, "a tag");
            tags.add(tag.asText());
        }
        return tags;
    }

    /// A label: a string, a number or a boolean; null where there is none.
    @Nullable
    String label(String name) {
        return optional(name, "a string or number is needed");
    }

    /// The name of the example; the number of its line where the field is missing.
    String id(@Nullable String name) {
        String id = name == null ? null : optional(name, "a string or number is needed");
        return id == null ? Long.toString(lines.number()) : id;
    }

    /// A string and nothing else; null where there is none.
    @Nullable
    String stringOrNull(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) return null;
        if (!value.isTextual()) throw wrong(name, value, "a string is needed.");
        return value.textValue();
    }

    @Nullable
    String optional(String name, String needed) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) return null;
        if (!value.isValueNode()) throw wrong(name, value, needed + ".");
        return value.asText();
    }

    List<String> names() {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    InvalidInput missing(String name) {
        List<String> names = names();
        String hint = names.isEmpty() ? "" : Suggestion.hint(name, names);
        return new InvalidInput("%s has no field \"%s\"%s Its fields are %s. %s"
                .formatted(lines.place(), name, hint.isEmpty() ? "." : hint, Excerpt.list(names), advice));
    }

    private JsonNode field(String name) {
        JsonNode value = object.get(name);
        if (value == null) throw missing(name);
        return value;
    }

    private JsonNode array(String name, JsonNode value) {
        if (!value.isArray()) throw wrong(name, value, "an array of strings is needed for this task.");
        return value;
    }

    private InvalidInput wrong(String name, JsonNode value, String needed) {
        return new InvalidInput(
                "%s: the field \"%s\" holds %s, and %s".formatted(lines.place(), name, kind(value), needed));
    }

    private InvalidInput wrongElement(String name, int before, JsonNode value, String what) {
        return new InvalidInput("%s: element %d of \"%s\" is %s, and %s is a string."
                .formatted(lines.place(), before + 1, name, kind(value), what));
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case BINARY, MISSING, POJO -> "nothing";
        };
    }
}
