package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.Excerpt;
import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A field of a spec by its names from there down: `stages[1].iwda.lambdaAlign`.
record FieldPath(String text, List<Step> steps) {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z][A-Za-z0-9]*(\\[[0-9]{1,4}])?(\\.[A-Za-z][A-Za-z0-9]*(\\[[0-9]{1,4}])?)*");

    private static final Pattern STEP = Pattern.compile("([A-Za-z][A-Za-z0-9]*)|\\[([0-9]+)]");

    /// One step down.
    sealed interface Step {
        record Member(String name) implements Step {}

        record Item(int index) implements Step {}
    }

    /// Empty if the text is no path.
    static Optional<FieldPath> of(String text) {
        if (!FORM.matcher(text).matches()) return Optional.empty();
        List<Step> steps = new ArrayList<>();
        Matcher found = STEP.matcher(text);
        while (found.find())
            steps.add(
                    found.group(1) != null
                            ? new Step.Member(found.group(1))
                            : new Step.Item(Integer.parseInt(found.group(2))));
        return Optional.of(new FieldPath(text, List.copyOf(steps)));
    }

    /// The last name of the path.
    String name() {
        return steps.reversed().stream()
                .filter(Step.Member.class::isInstance)
                .map(step -> ((Step.Member) step).name())
                .findFirst()
                .orElse(text);
    }

    /// The first name of the path.
    String first() {
        return ((Step.Member) steps.getFirst()).name();
    }

    /// Why a value has no such field; empty if it has.
    ///
    /// @param whole  with its defaults
    /// @param schema of the value
    Optional<String> missingIn(Value whole, JsonNode schema) {
        Value value = whole;
        StringBuilder walked = new StringBuilder();
        JsonNode part = schema;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            switch (steps.get(i)) {
                case Step.Item(int index) -> {
                    int size = value instanceof Sequence list ? list.items().size() : 0;
                    if (!(value instanceof Sequence list) || index >= size)
                        return Optional.of("there is no %s[%d], the list has %d items, counted from 0"
                                .formatted(walked, index, size));
                    value = list.items().get(index);
                    part = part.path("items");
                    walked.append('[').append(index).append(']');
                }
                case Step.Member(String name) -> {
                    JsonNode fields = part.path("properties");
                    String where = walked.isEmpty() ? "spec" : walked.toString();
                    if (!(value instanceof Mapping map) || !fields.has(name))
                        return Optional.of(unknown(where, name, fields));
                    if (!last && !map.members().containsKey(name))
                        return Optional.of(
                                "%s has no %s; write it into the system, as %s: {}".formatted(where, name, name));
                    if (!last) value = map.members().getOrDefault(name, map);
                    part = fields.path(name);
                    walked.append(walked.isEmpty() ? "" : ".").append(name);
                }
            }
        }
        return Optional.empty();
    }

    private static String unknown(String where, String name, JsonNode fields) {
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        String advice = names.isEmpty()
                ? "it is a single value"
                : Suggestion.to(name, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("possible there: " + String.join(", ", names));
        return "%s has no field %s; %s".formatted(where, Excerpt.of(name), advice);
    }

    /// A copy of a value with another one in this place. Maps on the way that are not written are made.
    Value set(Value whole, Value value) {
        return set(whole, value, 0);
    }

    private Value set(Value whole, Value value, int at) {
        if (at == steps.size()) return value;
        return switch (steps.get(at)) {
            case Step.Item(int index) -> {
                List<Value> items = new ArrayList<>(((Sequence) whole).items());
                items.set(index, set(items.get(index), value, at + 1));
                yield new Sequence(whole.mark(), items);
            }
            case Step.Member(String name) -> {
                Mapping copy = new Mapping(whole.mark());
                if (whole instanceof Mapping map)
                    map.members().forEach((key, member) -> copy.put(key, map.markOf(key), member));
                Value inside = copy.members().getOrDefault(name, new Mapping(value.mark()));
                copy.put(name, value.mark(), set(inside, value, at + 1));
                yield copy;
            }
        };
    }
}
