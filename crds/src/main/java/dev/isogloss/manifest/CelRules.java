package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Sequence;
import dev.isogloss.manifest.cel.Cel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The cross-field rules of a schema (`x-kubernetes-validations`), in CEL as the API server evaluates them.
final class CelRules {
    private static final Map<String, Cel> COMPILED = new ConcurrentHashMap<>();

    private CelRules() {}

    /// A rule that a value does not keep.
    ///
    /// @param field that it is about, as in `.comparison.baseline`, or an item of it; empty for the whole value
    /// @param mark  where the field is written, or the innermost of those around it that are
    record Broken(String field, Mark mark, String message) {}

    /// The rules that a value, with its defaults, does not keep.
    static List<Broken> broken(Value value, JsonNode rules) {
        Object self = cel(value);
        List<Broken> broken = new ArrayList<>();
        for (JsonNode rule : rules) {
            String text = rule.path("rule").asText();
            // rules about changes have nothing to say about a file
            if (text.contains("oldSelf")) continue;
            if (!holds(text, self)) broken.add(located(rule, value, self));
        }
        return broken;
    }

    /// Of a list it is the last item without which the rule would be kept, if there is one.
    private static Broken located(JsonNode rule, Value whole, Object self) {
        String field = rule.path("fieldPath").asText();
        String message = rule.path("message").asText();
        List<String> names = Arrays.stream(field.split("\\.")).skip(1).toList();
        Value value = whole;
        for (String name : names) {
            if (!(value instanceof Mapping map && map.members().get(name) instanceof Value inside))
                return new Broken(field, value.mark(), message);
            value = inside;
        }
        if (value instanceof Sequence list)
            for (int i = list.items().size() - 1; i >= 0; i--)
                if (holds(rule.path("rule").asText(), without(self, names, i)))
                    return new Broken(
                            "%s[%d]".formatted(field, i), list.items().get(i).mark(), message);
        return new Broken(field, value.mark(), message);
    }

    /// A copy of a value in which an item of a list is left out.
    private static Object without(Object value, List<String> names, int item) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.computeIfPresent(
                    names.getFirst(), (_, inside) -> without(inside, names.subList(1, names.size()), item));
            return copy;
        }
        List<Object> copy = new ArrayList<>((List<?>) value);
        copy.remove(item);
        return copy;
    }

    private static boolean holds(String rule, Object self) {
        try {
            return COMPILED.computeIfAbsent(rule, Cel::compile)
                    .evaluate(Map.of("self", self))
                    .equals(true);
        } catch (Cel.EvaluationFailure _) {
            return false;
        }
    }

    private static Object cel(Value value) {
        return switch (value) {
            case Mapping mapping -> {
                Map<String, Object> map = new LinkedHashMap<>();
                mapping.members().forEach((key, member) -> {
                    if (!member.isNothing()) map.put(key, cel(member));
                });
                yield map;
            }
            case Sequence sequence ->
                sequence.items().stream().map(CelRules::cel).toList();
            case Value.Scalar scalar ->
                switch (scalar.value()) {
                    case null -> "";
                    case BigInteger whole -> whole.longValue();
                    case Object other -> other;
                };
        };
    }
}
