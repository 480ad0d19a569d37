package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON value that knows where it was written.
sealed interface Value {
    Mark mark();

    /// Line and column, from 1.
    record Mark(int line, int column) {}

    /// @param members by key; where each key stands is in `keys`
    record Mapping(Mark mark, LinkedHashMap<String, Value> members, LinkedHashMap<String, Mark> keys) implements Value {

        Mapping(Mark mark) {
            this(mark, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void put(String key, Mark keyMark, Value value) {
            members.put(key, value);
            keys.put(key, keyMark);
        }

        void remove(String key) {
            members.remove(key);
            keys.remove(key);
        }

        Mark markOf(String key) {
            Mark found = keys.get(key);
            return found == null ? mark : found;
        }

        /// The place of the value of `key`.
        Mark valueMark(String key) {
            Value value = members.get(key);
            return value == null ? mark : value.mark();
        }
    }

    record Sequence(Mark mark, List<Value> items) implements Value {}

    /// @param value a String, Boolean, BigInteger, Double or null
    /// @param text  as it stands in the file
    record Scalar(Mark mark, @Nullable Object value, String text) implements Value {}

    /// The value of a JSON tree, all of it in one place.
    static Value of(JsonNode json, Mark mark) {
        if (json.isObject()) {
            Mapping mapping = new Mapping(mark);
            json.properties().forEach(member -> mapping.put(member.getKey(), mark, of(member.getValue(), mark)));
            return mapping;
        }
        if (json.isArray()) {
            List<Value> items = new ArrayList<>();
            json.forEach(item -> items.add(of(item, mark)));
            return new Sequence(mark, items);
        }
        if (json.isNull()) return new Scalar(mark, null, "null");
        Object scalar = json.isTextual()
                ? json.textValue()
                : json.isBoolean()
                        ? json.booleanValue()
                        : json.isIntegralNumber() ? json.bigIntegerValue() : (Object) json.doubleValue();
        return new Scalar(mark, scalar, json.asText());
    }

    /// The value without its marks, as maps, lists and scalars.
    default @Nullable Object plain() {
        return switch (this) {
            case Mapping mapping -> {
                LinkedHashMap<String, @Nullable Object> plain = new LinkedHashMap<>();
                mapping.members().forEach((key, value) -> plain.put(key, value.plain()));
                yield plain;
            }
            case Sequence sequence ->
                sequence.items().stream().map(Value::plain).toList();
            case Scalar scalar -> scalar.value();
        };
    }

    /// True if it is null, which counts as not written.
    default boolean isNothing() {
        return this instanceof Scalar scalar && scalar.value() == null;
    }

    /// Its text, if it is one.
    default @Nullable String asText() {
        return this instanceof Scalar scalar && scalar.value() instanceof String text ? text : null;
    }

    /// Its name in a sentence.
    default String kind() {
        return switch (this) {
            case Mapping _ -> "a map";
            case Sequence _ -> "a list";
            case Scalar scalar ->
                switch (scalar.value()) {
                    case null -> "nothing";
                    case String _ -> "a text";
                    case Boolean _ -> "true or false";
                    default -> "a number";
                };
        };
    }
}
