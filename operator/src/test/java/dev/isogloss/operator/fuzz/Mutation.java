package dev.isogloss.operator.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.operator.fuzz.Places.Place;
import java.util.List;
import java.util.Random;

/// One thing that may be wrong, or hostile, about a manifest.
enum Mutation {
    REMOVED {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            place.remove();
        }
    },
    OTHER_VALUE {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            place.set(values.of(place.schema()));
        }
    },
    BEYOND_THE_EDGE {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            JsonNode schema = place.schema();
            boolean above = random.nextBoolean();
            switch (schema.path("type").asText()) {
                case "integer", "number" ->
                    place.set(JSON.numberNode(
                            above
                                    ? schema.path("maximum").asDouble() * 2 + 1
                                    : schema.path("minimum").asDouble() - 1));
                case "string" ->
                    place.set(JSON.textNode(
                            above ? "a".repeat(Math.min(schema.path("maxLength").asInt(), 70_000) + 1) : ""));
                case "array" -> longList(place, above);
                default -> place.set(JSON.numberNode(Long.MAX_VALUE));
            }
        }
    },
    OTHER_TYPE {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            place.set(OTHERS.get(random.nextInt(OTHERS.size())).deepCopy());
        }
    },
    UNKNOWN_FIELD {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            if (place.value() instanceof ObjectNode object)
                object.put(NAMES.get(random.nextInt(NAMES.size())), random.nextInt());
        }
    },
    NOTHING {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            place.set(JSON.nullNode());
        }
    },
    HOSTILE_TEXT {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            place.set(JSON.textNode(HOSTILE.get(random.nextInt(HOSTILE.size()))));
        }
    },
    TWICE {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            if (place.value() instanceof ArrayNode array && !array.isEmpty())
                array.add(array.get(random.nextInt(array.size())).deepCopy());
        }
    },
    DEEP {
        @Override
        void at(Place place, SchemaValues values, Random random) {
            JsonNode nested = JSON.textNode("x");
            for (int i = random.nextInt(200); i >= 0; i--)
                nested = random.nextBoolean()
                        ? JSON.arrayNode().add(nested)
                        : JSON.objectNode().set("a", nested);
            place.set(nested);
        }
    };

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<JsonNode> OTHERS = List.of(
            JSON.textNode("text"),
            JSON.textNode("17"),
            JSON.numberNode(17),
            JSON.numberNode(1.5),
            JSON.numberNode(1e300),
            JSON.booleanNode(true),
            JSON.arrayNode(),
            JSON.arrayNode().add("a").add(1),
            JSON.objectNode(),
            JSON.objectNode().put("a", 1));

    private static final List<String> NAMES =
            List.of("foo", "Epochs", "epochs ", "$ref", "x-y", "ünï", "a.b", "__proto__", "\u0000", "spec");

    private static final List<String> HOSTILE = List.of(
            "no",
            "null",
            "~",
            "1e3",
            "0x1F",
            "2026-11-21",
            " leading",
            "trailing ",
            "two\nlines",
            "key: value",
            "- item",
            "{{ template }}",
            "${jndi:ldap://x}",
            "../../etc/passwd",
            "'; drop table steps; --",
            "日本語",
            "e\u0301",
            "\uD83D\uDE00",
            "\u202Egnirts",
            "\u0000",
            "\uFEFFbom",
            "a\tb",
            "!!java.lang.Runtime x",
            "&anchor *alias");

    /// Changes the document that `place` is part of.
    abstract void at(Place place, SchemaValues values, Random random);

    private static void longList(Place place, boolean above) {
        if (!(place.value() instanceof ArrayNode array)) return;
        if (!above || array.isEmpty()) {
            array.removeAll();
            return;
        }
        int most = Math.min(place.schema().path("maxItems").asInt(), 3000);
        while (array.size() <= most) array.add(array.get(0).deepCopy());
    }
}
