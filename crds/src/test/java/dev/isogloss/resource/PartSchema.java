package dev.isogloss.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.PartOf;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schema of a part of specs: that of the specs without what can be asked of a whole alone. Lists are atomic, since
/// a part replaces them whole.
final class PartSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Keywords that speak of a whole: what is filled in, what must be there, rules between fields, and how two hands
    /// that write one list are merged.
    private static final Set<String> OF_A_WHOLE = Set.of(
            "default",
            "required",
            "x-kubernetes-validations",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type",
            "minProperties");

    private PartSchema() {}

    static ObjectNode of(PartOf part) {
        ObjectNode schema = JSON.createObjectNode();
        ObjectNode properties = schema.putObject("properties");
        if (part.beside() != Record.class) head(part.beside(), schema, properties);
        Set<String> without = Set.of(part.without());
        for (Class<? extends Record> spec : part.value())
            CrdFiles.spec(spec).path("properties").properties().forEach(field -> {
                if (!without.contains(field.getKey()) && !properties.has(field.getKey()))
                    properties.set(
                            field.getKey(), stripped((ObjectNode) field.getValue(), part.nullable(), part.explained()));
            });
        schema.put("type", "object");
        return schema;
    }

    private static void head(Class<? extends Record> record, ObjectNode schema, ObjectNode properties) {
        ArrayNode required = JSON.createArrayNode();
        for (RecordComponent component : record.getRecordComponents()) {
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            ObjectNode field = properties.putObject(component.getName());
            String meaning = component.getAnnotation(Meaning.class).value();
            field.put("description", optional ? meaning : meaning + " Required.");
            Length length = component.getAnnotatedType().getAnnotation(Length.class);
            field.put("maxLength", length.max());
            field.put("minLength", Math.max(1, length.min()));
            if (component.getAnnotatedType().getAnnotation(Matches.class) instanceof Matches matches) {
                Form form = matches.value();
                field.put("pattern", form.pattern());
            }
            field.put("type", "string");
            if (!optional) required.add(component.getName());
        }
        if (!required.isEmpty()) schema.set("required", required);
    }

    /// @param nullable whether null may stand here, and for the fields inside; not in lists, which are wholes
    private static ObjectNode stripped(ObjectNode schema, boolean nullable, boolean explained) {
        ObjectNode part = JSON.createObjectNode();
        schema.properties().forEach(keyword -> {
            JsonNode value = keyword.getValue();
            switch (keyword.getKey()) {
                case String key when OF_A_WHOLE.contains(key) -> {}
                case "properties" -> {
                    ObjectNode fields = part.putObject("properties");
                    value.properties()
                            .forEach(field -> fields.set(
                                    field.getKey(), stripped((ObjectNode) field.getValue(), nullable, explained)));
                }
                case "items" -> part.set("items", stripped((ObjectNode) value, false, explained));
                case "additionalProperties" ->
                    part.set("additionalProperties", stripped((ObjectNode) value, nullable, explained));
                case String key when key.equals("description") && !explained -> {}
                case "description" -> part.put("description", value.asText().replaceFirst(" Required\\.$", ""));
                case "enum" -> {
                    ArrayNode names = part.putArray("enum").addAll((ArrayNode) value);
                    if (nullable) names.addNull();
                }
                case String key -> part.set(key, value);
            }
        });
        if (nullable) part.put("nullable", true);
        return part;
    }
}
