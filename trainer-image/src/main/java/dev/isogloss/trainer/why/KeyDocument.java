package dev.isogloss.trainer.why;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.json.Json;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The document whose SHA-256 is a step's key: `step.json`.
record KeyDocument(StepKey key, JsonNode tree) {
    private static final String KIND = "kind";

    static KeyDocument of(StepKey key, StepSpec spec) {
        return of(key, CanonicalJson.of(spec));
    }

    /// @param json whose SHA-256 is `key`, so it is what a store of whatever version wrote
    static KeyDocument of(StepKey key, byte[] json) {
        return of(key, new String(json, StandardCharsets.UTF_8));
    }

    private static KeyDocument of(StepKey key, String json) {
        try {
            return new KeyDocument(key, Json.PLAIN.readTree(json));
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("the key of %s is one of no JSON".formatted(key), impossible);
        }
    }

    String kind() {
        return tree.path(KIND).asText();
    }

    /// Its single values by their paths. A list of values is one of them; in one of steps the keys are sorted, for
    /// their order often is that of the keys.
    ///
    /// @param keys takes a key in place of another: documents that differ by these keys alone have the same values
    Map<String, String> values(UnaryOperator<String> keys) {
        Map<String, String> values = new HashMap<>();
        collect(tree, "", keys, values);
        return values;
    }

    private static void collect(JsonNode node, String path, UnaryOperator<String> keys, Map<String, String> values) {
        if (node.isObject() && !node.isEmpty())
            node.properties()
                    .forEach(member -> collect(member.getValue(), inside(path, member.getKey()), keys, values));
        else if (isListOfLists(node)) {
            for (int i = 0; i < node.size(); i++) collect(node.get(i), path + "[" + i + "]", keys, values);
        } else values.put(path, isListOfKeys(node) ? sorted(node, keys) : value(node, keys));
    }

    private static String value(JsonNode node, UnaryOperator<String> keys) {
        return isKey(node) ? keys.apply(node.textValue()) : node.toString();
    }

    private static String sorted(JsonNode list, UnaryOperator<String> keys) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> value(item, keys))
                .sorted()
                .collect(Collectors.joining(","));
    }

    /// The path of a member; names that would be read as several, or as none, stand between brackets.
    static String inside(String path, String name) {
        boolean plain = !name.isEmpty() && name.chars().noneMatch(c -> c == '.' || c == '[' || c == ' ');
        if (!plain) return path + "[\"" + name + "\"]";
        return path.isEmpty() ? name : path + "." + name;
    }

    /// True of a list that has members with fields or items of their own.
    static boolean isListOfLists(JsonNode node) {
        if (!node.isArray()) return false;
        for (JsonNode item : node) if (item.isContainerNode()) return true;
        return false;
    }

    static boolean isListOfKeys(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) return false;
        for (Iterator<JsonNode> items = node.elements(); items.hasNext(); ) if (!isKey(items.next())) return false;
        return true;
    }

    /// True of what may be the key of another step.
    static boolean isKey(JsonNode node) {
        return node.isTextual() && Store.isKey(node.textValue());
    }
}
