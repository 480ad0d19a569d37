package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds a value to the schema of its resource definition and fills in defaults, as the API server would: null
/// members count as missing unless they may be null, defaults are filled before anything is required, unknown
/// fields are mistakes.
final class SchemaCheck {
    private final String file;
    private final Consumer<Problem> problems;
    private int found;

    SchemaCheck(String file, Consumer<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// The value with its defaults. Rules of a part are asked only where the part is right otherwise.
    Value check(String path, Value value, JsonNode schema) {
        int before = found;
        Value checked = parts(path, value, schema);
        JsonNode rules = schema.path("x-kubernetes-validations");
        if (found == before && !rules.isEmpty())
            for (CelRules.Broken rule : CelRules.broken(checked, rules))
                report(path + rule.field(), rule.mark(), rule.message());
        return checked;
    }

    private Value parts(String path, Value value, JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) return quantity(path, value, schema);
        return switch (schema.path("type").asText()) {
            case "" -> value;
            case "object" -> object(path, value, schema);
            case "array" -> array(path, value, schema);
            default -> scalar(path, value, schema);
        };
    }

    private Value object(String path, Value value, JsonNode schema) {
        if (!(value instanceof Mapping given)) return wrongKind(path, value, "a map of fields");
        JsonNode properties = schema.path("properties");
        JsonNode further = schema.path("additionalProperties");
        Mapping checked = new Mapping(given.mark());
        given.members().forEach((key, member) -> {
            String inside = path.isEmpty() ? key : path + "." + key;
            boolean known = properties.has(key) || further.isObject();
            if (known && member.isNothing()) {
                if (isNullable(key, properties, further)) checked.put(key, given.markOf(key), member);
                return;
            }
            if (properties.has(key)) checked.put(key, given.markOf(key), check(inside, member, properties.path(key)));
            else if (further.isObject()) checked.put(key, given.markOf(key), check(inside, member, further));
            else unknown(inside, key, given.markOf(key), properties);
        });
        for (Map.Entry<String, JsonNode> property : properties.properties())
            if (!checked.members().containsKey(property.getKey())) fill(path, checked, given, property);
        if (schema.has("maxProperties")
                && given.members().size() > schema.path("maxProperties").asInt())
            report(
                    path,
                    given.mark(),
                    "has %d entries; at most %d are possible"
                            .formatted(
                                    given.members().size(),
                                    schema.path("maxProperties").asInt()));
        if (checked.members().size() < schema.path("minProperties").asInt(0))
            report(
                    path,
                    given.mark(),
                    "has %d entries; it needs at least %d, or leave the field out"
                            .formatted(
                                    checked.members().size(),
                                    schema.path("minProperties").asInt()));
        for (JsonNode required : schema.path("required"))
            if (!checked.members().containsKey(required.asText()) && !isGiven(given, required.asText()))
                missing(path, given, properties, required.asText());
        return checked;
    }

    /// Null is a value there, as in a part that takes away what another part says.
    private static boolean isNullable(String key, JsonNode properties, JsonNode further) {
        return (properties.has(key) ? properties.path(key) : further)
                .path("nullable")
                .asBoolean();
    }

    private static boolean isGiven(Mapping given, String key) {
        Value member = given.members().get(key);
        return member != null && !member.isNothing();
    }

    private void fill(String path, Mapping checked, Mapping given, Map.Entry<String, JsonNode> property) {
        String key = property.getKey();
        JsonNode schema = property.getValue();
        if (!schema.has("default") || isGiven(given, key)) return;
        Value filled = Value.of(schema.path("default"), given.mark());
        checked.put(key, given.mark(), check(path + "." + key, filled, schema));
    }

    private Value array(String path, Value value, JsonNode schema) {
        if (!(value instanceof Sequence given)) return wrongKind(path, value, "a list");
        int size = given.items().size();
        if (size > schema.path("maxItems").asInt(Integer.MAX_VALUE))
            report(
                    path,
                    given.mark(),
                    "has %d items; at most %d are possible"
                            .formatted(size, schema.path("maxItems").asInt()));
        if (size < schema.path("minItems").asInt(0))
            report(
                    path,
                    given.mark(),
                    "has %d items; it needs at least %d, or leave the field out"
                            .formatted(size, schema.path("minItems").asInt()));
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < Math.min(size, 10_000); i++)
            items.add(check(path + "[" + i + "]", given.items().get(i), schema.path("items")));
        distinct(path, items, schema);
        return new Sequence(given.mark(), items);
    }

    private void distinct(String path, List<Value> items, JsonNode schema) {
        String type = schema.path("x-kubernetes-list-type").asText();
        if (type.isEmpty() || type.equals("atomic")) return;
        Set<@Nullable Object> identities = new LinkedHashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String key = schema.path("x-kubernetes-list-map-keys").path(0).asText();
            Value item = items.get(i);
            Value identity = item instanceof Mapping mapping && type.equals("map")
                    ? mapping.members().get(key)
                    : item;
            if (identity == null || identities.add(identity.plain())) continue;
            String same = type.equals("map") ? "two items have the same " + key + ", " : "it holds twice ";
            report(path + "[" + i + "]", item.mark(), same + ScalarCheck.shown(identity) + "; remove one of them");
        }
    }

    private Value scalar(String path, Value value, JsonNode schema) {
        for (String mistake : ScalarCheck.mistakes(value, schema)) report(path, value.mark(), mistake);
        return value;
    }

    private Value quantity(String path, Value value, JsonNode schema) {
        for (String mistake : ScalarCheck.quantityMistakes(value, schema)) report(path, value.mark(), mistake);
        return value;
    }

    private Value wrongKind(String path, Value value, String wanted) {
        report(
                path,
                value.mark(),
                "is %s (%s); it must be %s".formatted(value.kind(), ScalarCheck.shown(value), wanted));
        return value;
    }

    private void unknown(String path, String key, Mark mark, JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        String advice = Suggestion.to(key, names)
                .map(name -> "did you mean " + name + "?")
                .orElse("possible here: " + String.join(", ", names));
        report(path, mark, "there is no such field; " + advice);
    }

    private void missing(String path, Mapping given, JsonNode properties, String key) {
        String sentence = properties.path(key).path("description").asText();
        String said = sentence.endsWith(" Required.") ? sentence.substring(0, sentence.length() - 10) : sentence;
        report(path.isEmpty() ? key : path + "." + key, given.mark(), ("is missing. " + said).strip());
    }

    private void report(String path, Mark mark, String message) {
        found++;
        problems.accept(new Problem(file, mark.line(), mark.column(), path, message));
    }
}
