package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.manifest.Value.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// The rules of a schema for texts, numbers and truth values.
final class ScalarCheck {
    private ScalarCheck() {}

    /// A whole number, or a text like 16Gi.
    static List<String> quantityMistakes(Value value, JsonNode schema) {
        boolean whole = value instanceof Scalar scalar
                && (scalar.value() instanceof BigInteger
                        || scalar.value() instanceof Double number && number == Math.rint(number));
        if (whole) return List.of();
        ObjectNode asText = schema.deepCopy();
        return mistakes(value, asText.put("type", "string"));
    }

    static List<String> mistakes(Value value, JsonNode schema) {
        if (!(value instanceof Scalar scalar))
            return List.of("is %s; it must be %s".formatted(value.kind(), wanted(schema)));
        return switch (schema.path("type").asText()) {
            case "string" ->
                scalar.value() instanceof String text ? text(text, schema) : List.of(noText(scalar, schema));
            case "boolean" -> scalar.value() instanceof Boolean ? List.of() : List.of(other(scalar, schema));
            case "integer", "number" -> number(scalar, schema);
            default -> List.of();
        };
    }

    private static List<String> text(String text, JsonNode schema) {
        if (schema.has("enum")) return choice(text, schema);
        List<String> mistakes = new ArrayList<>();
        int length = text.codePointCount(0, text.length());
        if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE))
            mistakes.add("has %d characters; at most %d are possible"
                    .formatted(length, schema.path("maxLength").asInt()));
        else if (length < schema.path("minLength").asInt(0))
            mistakes.add("is empty; write something, or leave the field out");
        else if (schema.has("pattern") && !Form.matches(schema.path("pattern").asText(), text))
            mistakes.add("is %s; it must be %s"
                    .formatted(quoted(text), Form.inWords(schema.path("pattern").asText())));
        return mistakes;
    }

    private static List<String> choice(String text, JsonNode schema) {
        List<String> names = names(schema);
        if (names.contains(text)) return List.of();
        String advice = Suggestion.to(text, names)
                .map(name -> "did you mean " + name + "?")
                .orElse("write one of " + String.join(", ", names));
        return List.of("is " + quoted(text) + ", which is no choice here; " + advice);
    }

    private static List<String> number(Scalar scalar, JsonNode schema) {
        BigDecimal value;
        switch (scalar.value()) {
            case BigInteger whole -> value = new BigDecimal(whole);
            case Double fraction -> value = BigDecimal.valueOf(fraction);
            case null, default -> {
                return List.of(other(scalar, schema));
            }
        }
        if (schema.path("type").asText().equals("integer")
                && value.stripTrailingZeros().scale() > 0)
            return List.of("is %s; it must be a whole number".formatted(scalar.text()));
        String remedy = Bounds.remedy(
                value,
                schema.has("minimum") ? schema.path("minimum").decimalValue() : null,
                !schema.path("exclusiveMinimum").asBoolean(),
                schema.has("maximum") ? schema.path("maximum").decimalValue() : null);
        return remedy == null ? List.of() : List.of("is %s; %s".formatted(scalar.text(), remedy));
    }

    private static String noText(Scalar scalar, JsonNode schema) {
        if (scalar.value() instanceof Boolean read)
            return "%s without quotes is read as %s by YAML; where the text is meant (no is Norwegian), write \"%s\""
                    .formatted(scalar.text(), read, scalar.text());
        if (scalar.value() instanceof Number)
            return "is the number %s, but must be a text; write \"%s\"".formatted(scalar.text(), scalar.text());
        return other(scalar, schema);
    }

    private static String other(Scalar scalar, JsonNode schema) {
        return "is %s; it must be %s".formatted(shown(scalar), wanted(schema));
    }

    private static String wanted(JsonNode schema) {
        if (schema.has("enum")) return "one of " + String.join(", ", names(schema));
        return switch (schema.path("type").asText()) {
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            default -> "something else";
        };
    }

    private static List<String> names(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("enum").forEach(name -> {
            if (!name.isNull()) names.add(name.asText());
        });
        return names;
    }

    /// A value in a sentence, cut where it is long.
    static String shown(Value value) {
        if (!(value instanceof Scalar scalar)) return value.kind();
        return scalar.value() instanceof String text
                ? quoted(text)
                : scalar.value() == null ? "nothing" : scalar.text();
    }

    private static String quoted(String text) {
        return '"' + Excerpt.of(text) + '"';
    }
}
