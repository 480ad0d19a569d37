package dev.isogloss.operator.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Values that a schema allows (its cross-field rules aside), at the edges of its ranges as often as between them.
final class SchemaValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEPTH = 7;
    private static final List<String> TEXTS = List.of(
            "a",
            "en",
            "de",
            "fr",
            "zh-Hans",
            "dev",
            "test",
            "toy",
            "1",
            "2026-11",
            "data-1",
            "{language}/{split}.jsonl",
            "hf://org/name",
            "s3://bucket/key",
            "file:///data/x",
            "https://host/x",
            "4Gi",
            "500m",
            "1.5",
            "HF_TOKEN",
            "nvidia.com/gpu",
            "ghcr.io/org/image:1");

    private final Random random;

    SchemaValues(Random random) {
        this.random = random;
    }

    JsonNode of(JsonNode schema) {
        return of(schema, 0);
    }

    private JsonNode of(JsonNode schema, int depth) {
        if (schema.has("enum"))
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        if (schema.has("x-kubernetes-int-or-string"))
            return random.nextBoolean() ? JSON.numberNode(random.nextInt(5)) : JSON.textNode("4Gi");
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> JSON.numberNode(Math.round(number(schema)));
            case "number" -> JSON.numberNode(number(schema));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.textNode(text(schema));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean needed = isRequired(schema, property.getKey());
            if (needed || depth < DEPTH && random.nextInt(4) == 0)
                object.set(property.getKey(), of(property.getValue(), depth + 1));
        }
        if (schema.has("additionalProperties"))
            for (int i = random.nextInt(3); i > 0; i--)
                object.set(TEXTS.get(random.nextInt(TEXTS.size())), of(schema.get("additionalProperties"), depth + 1));
        return object;
    }

    private static boolean isRequired(JsonNode schema, String property) {
        for (JsonNode name : schema.path("required")) if (name.asText().equals(property)) return true;
        return false;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.arrayNode();
        int size = schema.path("minItems").asInt(0) + (depth < DEPTH ? random.nextInt(3) : 0);
        for (int i = 0; i < size; i++) array.add(of(schema.path("items"), depth + 1));
        return array;
    }

    private double number(JsonNode schema) {
        boolean open = schema.path("exclusiveMinimum").asBoolean(false);
        boolean whole = schema.path("type").asText().equals("integer");
        double least = schema.path("minimum").asDouble(0) + (open ? whole ? 1 : 1e-6 : 0);
        double most = schema.path("maximum").asDouble(1e6);
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> Math.min(most, least + random.nextInt(4));
            default -> whole ? Math.min(most, least + 1) : least + random.nextDouble() * (Math.min(most, 2) - least);
        };
    }

    private String text(JsonNode schema) {
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(64);
        Predicate<String> fits = schema.has("pattern")
                ? Pattern.compile(schema.get("pattern").asText()).asPredicate()
                : any -> true;
        if (random.nextInt(6) == 0) {
            String longest = "a".repeat(Math.min(most, 70_000));
            if (fits.test(longest)) return longest;
        }
        List<String> fitting = TEXTS.stream()
                .filter(text -> text.length() >= least && text.length() <= most)
                .filter(fits)
                .toList();
        return fitting.isEmpty() ? "a".repeat(least) : fitting.get(random.nextInt(fitting.size()));
    }
}
