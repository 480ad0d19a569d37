package dev.isogloss.trainer.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.json.JsonMistake;
import dev.isogloss.manifest.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON lines, an object each. The fields' names are the manifest's; for tagging, text and label are arrays of
/// strings of one length.
final class JsonLinesFormat implements DataFormatReader {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Fields fields;
    private final TaskType task;

    JsonLinesFormat(Fields fields, TaskType task) {
        this.fields = fields;
        this.task = task;
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) continue;
            JsonNode object = object(line, lines);
            rows.add(example(object, lines, rows), lines.number());
        }
    }

    private Example example(JsonNode object, Lines lines, ExampleSink rows) {
        String id = id(object, lines);
        return switch (task) {
            case SequenceClassification -> {
                String text = text(object, fields.text(), lines);
                if (text.isBlank()) rows.remark("empty text", lines.number());
                yield new TextExample(id, text, null, label(object, lines));
            }
            case SequencePairClassification -> {
                String second = fields.secondText() != null ? fields.secondText() : "text2";
                String a = text(object, fields.text(), lines);
                String b = text(object, second, lines);
                if (a.isBlank() || b.isBlank()) rows.remark("empty text", lines.number());
                yield new TextExample(id, a, b, label(object, lines));
            }
            case NamedEntityRecognition, PartOfSpeechTagging -> tagged(object, id, lines);
            case DependencyParsing -> throw new IllegalStateException("no trees in JSON lines");
        };
    }

    private TaggedExample tagged(JsonNode object, String id, Lines lines) {
        List<String> words = strings(field(object, fields.text(), lines), fields.text(), lines);
        JsonNode label = object.get(fields.label());
        if (label == null || label.isNull()) return new TaggedExample(id, words, null);
        List<String> tags = strings(label, fields.label(), lines);
        if (tags.size() != words.size())
            throw new InvalidInput("%s has %d words in \"%s\" and %d tags in \"%s\"; there must be one tag a word."
                    .formatted(lines.place(), words.size(), fields.text(), tags.size(), fields.label()));
        return new TaggedExample(id, words, Tags.checked(tags, task, lines.place()));
    }

    private String id(JsonNode object, Lines lines) {
        JsonNode id = fields.id() == null ? null : object.get(fields.id());
        return id == null || id.isNull() ? Long.toString(lines.number()) : id.asText();
    }

    private @Nullable String label(JsonNode object, Lines lines) {
        JsonNode label = object.get(fields.label());
        if (label == null) {
            Suggestion.within(2, fields.label(), names(object)).ifPresent(near -> {
                if (!near.equals(fields.text()) && !near.equals(fields.secondText()) && !near.equals(fields.id()))
                    throw missing(object, fields.label(), lines);
            });
            return null;
        }
        if (label.isNull()) return null;
        if (!label.isValueNode())
            throw new InvalidInput("%s: the field \"%s\" holds %s, and a string or number is needed."
                    .formatted(lines.place(), fields.label(), kind(label)));
        return label.asText();
    }

    private static String text(JsonNode object, String name, Lines lines) {
        JsonNode value = field(object, name, lines);
        if (value.isNull()) return "";
        if (!value.isValueNode())
            throw new InvalidInput(
                    "%s: the field \"%s\" holds %s, and a string is needed. Name another field under data.fields."
                            .formatted(lines.place(), name, kind(value)));
        return value.asText();
    }

    private static List<String> strings(JsonNode value, String name, Lines lines) {
        if (!value.isArray())
            throw new InvalidInput("%s: the field \"%s\" holds %s, and an array of strings is needed for this task."
                    .formatted(lines.place(), name, kind(value)));
        List<String> strings = new ArrayList<>(value.size());
        value.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    static JsonNode field(JsonNode object, String name, Lines lines) {
        JsonNode value = object.get(name);
        if (value == null) throw missing(object, name, lines);
        return value;
    }

    private static InvalidInput missing(JsonNode object, String name, Lines lines) {
        List<String> names = names(object);
        return new InvalidInput("%s has no field \"%s\"%s Its fields are %s. Name the right one under data.fields."
                .formatted(
                        lines.place(),
                        name,
                        names.isEmpty() ? "." : sentence(Suggestion.hint(name, names)),
                        Excerpt.list(names)));
    }

    private static String sentence(String hint) {
        return hint.isEmpty() ? "." : hint;
    }

    /// The object on the line.
    static JsonNode object(String line, Lines lines) {
        try {
            JsonNode node = JsonTexts.mended(JSON.readTree(line), line);
            if (node.isObject()) return node;
            throw new InvalidInput(
                    "%s holds %s, and a JSON object such as {\"text\": \"...\", \"label\": \"...\"} is needed."
                            .formatted(lines.place(), kind(node)));
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw new InvalidInput(
                    "%s:%d:%d: this line is not JSON: %s."
                            .formatted(
                                    lines.path(),
                                    lines.number(),
                                    where == null ? 1 : where.getColumnNr(),
                                    JsonMistake.inWords(e)),
                    e);
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
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
