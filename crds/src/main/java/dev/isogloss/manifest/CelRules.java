package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
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
    /// @param field the one that it is about, as in `.comparison.baseline`; empty where that is the whole value
    record Broken(String field, String message) {
        /// Where the field is written, or the innermost of those around it that are.
        Value.Mark markIn(Value whole) {
            Value value = whole;
            for (String name : Arrays.stream(field.split("\\.")).skip(1).toList()) {
                if (!(value instanceof Value.Mapping map && map.members().get(name) instanceof Value inside)) break;
                value = inside;
            }
            return value.mark();
        }
    }

    /// The rules that a value, with its defaults, does not keep.
    static List<Broken> broken(Value value, JsonNode rules) {
        Map<String, Object> self = Map.of("self", cel(value));
        List<Broken> broken = new ArrayList<>();
        for (JsonNode rule : rules) {
            String text = rule.path("rule").asText();
            // rules about changes have nothing to say about a file
            if (text.contains("oldSelf")) continue;
            if (!holds(text, self))
                broken.add(new Broken(
                        rule.path("fieldPath").asText(), rule.path("message").asText()));
        }
        return broken;
    }

    private static boolean holds(String rule, Map<String, Object> self) {
        try {
            return COMPILED.computeIfAbsent(rule, Cel::compile).evaluate(self).equals(true);
        } catch (Cel.EvaluationFailure _) {
            return false;
        }
    }

    private static Object cel(Value value) {
        return switch (value) {
            case Value.Mapping mapping -> {
                Map<String, Object> map = new LinkedHashMap<>();
                mapping.members().forEach((key, member) -> {
                    if (!member.isNothing()) map.put(key, cel(member));
                });
                yield map;
            }
            case Value.Sequence sequence ->
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
