package dev.isogloss.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.PartOf;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reference page of manifests: one section a type, one line a field, from the definitions themselves.
final class Reference {
    private static final String HEAD = """
            # Manifest reference

            Written by the build from the resource types (`./isogloss mvn -pl crds test -Dgolden=write`); do not edit it by
            hand. `kubectl explain txp.spec` and the messages of `isogloss validate` have the same words.

            A manifest is YAML: `apiVersion: isogloss.dev/v1alpha1`, `kind`, `metadata: {name: ...}` (lower-case letters,
            digits, `-` and `.`, at most 63) and `spec`. Several manifests in a file are separated by `---`. What is
            not written takes its default; a field that does not exist is an error.
            """;

    private record Section(Class<?> type, JsonNode schema) {}

    private final Map<Class<?>, JsonNode> sections = new LinkedHashMap<>();
    private final Deque<Section> open = new ArrayDeque<>();

    private Reference() {}

    static String page(Map<String, String> definitions) {
        StringBuilder out = new StringBuilder(HEAD);
        Reference reference = new Reference();
        reference.kind(TransferExperimentSpec.class, definitions.getOrDefault("transferexperiments.yaml", ""));
        reference.kind(CoTrainingRunSpec.class, definitions.getOrDefault("cotrainingruns.yaml", ""));
        reference.kind(TransferBenchmarkSpec.class, definitions.getOrDefault("transferbenchmarks.yaml", ""));
        reference.sections.forEach((type, schema) -> reference.section(type, schema, out));
        return out.toString();
    }

    /// Breadth first: types near the root come first.
    private void kind(Class<?> spec, String definition) {
        open.add(new Section(spec, CrdFiles.schema(definition).at("/properties/spec")));
        while (!open.isEmpty()) {
            Section next = open.remove();
            if (sections.putIfAbsent(next.type(), next.schema()) != null) continue;
            for (RecordComponent component : SchemaPolish.fields(next.type())) {
                JsonNode field = next.schema().path("properties").path(SchemaPolish.name(component));
                Class<?> inner = record(component.getGenericType());
                if (component.isAnnotationPresent(PartOf.class)) continue;
                if (inner != null) open.add(new Section(inner, inside(field)));
            }
        }
    }

    private static JsonNode inside(JsonNode field) {
        if (field.has("items")) return field.path("items");
        return field.path("additionalProperties").isObject() ? field.path("additionalProperties") : field;
    }

    private static @Nullable Class<?> record(Type type) {
        if (type instanceof Class<?> plain) return plain.isRecord() ? plain : null;
        if (!(type instanceof ParameterizedType generic)) return null;
        Type[] arguments = generic.getActualTypeArguments();
        return record(arguments[arguments.length - 1]);
    }

    private void section(Class<?> type, JsonNode schema, StringBuilder out) {
        String name = type.getSimpleName();
        out.append("\n## ").append(name).append("\n\n");
        if (name.endsWith("Spec") && schema.path("properties").has("runtime"))
            out.append("The `spec` of a `").append(name, 0, name.length() - 4).append("`.\n\n");
        out.append("| field | type | limits | meaning |\n|---|---|---|---|\n");
        for (RecordComponent component : SchemaPolish.fields(type)) {
            JsonNode field = schema.path("properties").path(SchemaPolish.name(component));
            if (field.isMissingNode()) continue; // a method without this field of the settings it shares
            out.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            SchemaPolish.name(component),
                            component.getAnnotation(PartOf.class) instanceof PartOf part
                                    ? part(component.getType(), part)
                                    : kind(component.getGenericType(), field),
                            String.join("; ", limits(field)),
                            field.path("description").asText().replace("|", "\\|")));
        }
        List<String> rules = new ArrayList<>();
        schema.path("x-kubernetes-validations")
                .forEach(rule -> rules.add(rule.path("message").asText()));
        if (!rules.isEmpty()) out.append("\nRules:\n\n");
        rules.forEach(rule -> out.append("* ").append(rule).append('\n'));
    }

    private static String kind(Type type, JsonNode field) {
        Class<?> inner = record(type);
        String link = inner == null
                ? null
                : "[%1$s](#%2$s)"
                        .formatted(inner.getSimpleName(), inner.getSimpleName().toLowerCase(Locale.ROOT));
        if (field.path("type").asText().equals("array"))
            return "list of " + (link != null ? link : scalar(field.path("items")));
        if (field.path("additionalProperties").isObject())
            return "map to " + (link != null ? link : several(field.path("additionalProperties")));
        return link != null ? link : scalar(field);
    }

    private static String several(JsonNode field) {
        if (field.path("type").asText().equals("array")) return "lists of values";
        return field.path("additionalProperties").isObject()
                ? "maps to " + scalar(field.path("additionalProperties"))
                : scalar(field);
    }

    /// A map that may have fields of other sections.
    private static String part(Class<?> type, PartOf part) {
        List<String> specs = new ArrayList<>();
        if (part.beside() != Record.class) {
            for (RecordComponent field : part.beside().getRecordComponents()) specs.add("`" + field.getName() + "`");
        }
        for (Class<?> spec : part.value())
            specs.add("[%1$s](#%2$s)"
                    .formatted(spec.getSimpleName(), spec.getSimpleName().toLowerCase(Locale.ROOT)));
        return (type == List.class ? "list of maps: " : "map: ") + String.join(", ", specs);
    }

    private static String scalar(JsonNode field) {
        if (field.has("enum")) return "choice";
        if (field.path("x-kubernetes-int-or-string").asBoolean()) return "number or text";
        return switch (field.path("type").asText()) {
            case "integer" -> "whole number";
            case "string" -> "text";
            case "boolean" -> "true or false";
            default -> field.path("type").asText();
        };
    }

    private static List<String> limits(JsonNode field) {
        List<String> limits = new ArrayList<>();
        JsonNode each = inside(field);
        if (each.has("enum")) {
            List<String> names = new ArrayList<>();
            each.path("enum").forEach(name -> names.add("`" + name.asText() + "`"));
            limits.add(String.join(", ", names));
        }
        if (each.has("minimum"))
            limits.add("%s %s"
                    .formatted(each.path("exclusiveMinimum").asBoolean() ? ">" : "≥", number(each.path("minimum"))));
        if (each.has("maximum")) limits.add("≤ " + number(each.path("maximum")));
        if (each.has("pattern")) limits.add(Form.inWords(each.path("pattern").asText()));
        if (each.has("maxLength"))
            limits.add("≤ %s characters".formatted(each.path("maxLength").asText()));
        if (field.has("maxItems"))
            limits.add("≤ %s items".formatted(field.path("maxItems").asText()));
        if (field.has("maxProperties"))
            limits.add("≤ %s entries".formatted(field.path("maxProperties").asText()));
        return limits;
    }

    private static String number(JsonNode number) {
        return number.decimalValue().stripTrailingZeros().toPlainString();
    }
}
