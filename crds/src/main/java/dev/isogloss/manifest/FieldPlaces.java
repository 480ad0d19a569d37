package dev.isogloss.manifest;

import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Sequence;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where the fields of a manifest were written, for mistakes that show only once it is planned: their sentences begin
/// with the field, as in `spec.stages: ...` or, for a system of a benchmark, `spec.systems[name=co]: spec.stages: ...`.
public final class FieldPlaces {
    private static final String SPEC = "spec";
    private static final String SYSTEM = "spec.systems[";

    private final String file;
    private final Value spec;

    /// @param file as messages name it
    FieldPlaces(String file, Value spec) {
        this.file = file;
        this.spec = spec;
    }

    /// The same sentences, each with the file before it, and with line and column where it names a field.
    ///
    /// @param sentences a line each
    public String located(String sentences) {
        return sentences.lines().map(this::locatedOne).collect(Collectors.joining("\n"));
    }

    private String locatedOne(String sentence) {
        return mark(sentence)
                .map(mark -> "%s:%d:%d: %s".formatted(file, mark.line(), mark.column(), sentence))
                .orElseGet(() -> "%s: %s".formatted(file, sentence));
    }

    private Optional<Mark> mark(String sentence) {
        if (!sentence.startsWith(SPEC)) return Optional.empty();
        String field = sentence.substring(SPEC.length());
        if (!isEnd(field, 0)) return Optional.empty();
        int end = sentence.indexOf(']') + 1;
        if (!sentence.startsWith(SYSTEM) || end == 0)
            return Optional.of(walk(spec, field).reached().mark());
        String rest = sentence.substring(end);
        String own = rest.startsWith(": " + SPEC) ? rest.substring(2 + SPEC.length()) : rest;
        return Optional.of(inSystem(sentence.substring(SPEC.length(), end), own));
    }

    /// What a system does not say itself stands in the template.
    private Mark inSystem(String system, String field) {
        Value given = walk(spec, system).reached();
        Walk own = walk(given, field);
        if (own.steps() > 0) return own.reached().mark();
        Walk shared = walk(walk(spec, ".template").reached(), field);
        return shared.steps() > 0 ? shared.reached().mark() : given.mark();
    }

    /// @param reached the deepest value on the way that is written
    /// @param steps   that lead to it
    private record Walk(Value reached, int steps) {}

    /// @param path what stands behind `spec`; the walk ends where no field of that name is written
    private static Walk walk(Value from, String path) {
        Value value = from;
        int steps = 0;
        for (int at = 0; at < path.length(); steps++) {
            Optional<String> step = value instanceof Mapping map
                    ? key(map, path, at)
                    : value instanceof Sequence ? selector(path, at) : Optional.empty();
            Optional<Value> next = step.flatMap(inside(value));
            if (next.isEmpty()) break;
            value = next.get();
            at += step.get().length();
        }
        return new Walk(value, steps);
    }

    private static Function<String, Optional<Value>> inside(Value value) {
        return step -> switch (value) {
            case Mapping map -> Optional.ofNullable(map.members().get(step.substring(1)));
            case Sequence list -> item(list, step);
            case Value.Scalar _ -> Optional.empty();
        };
    }

    /// The longest name that stands there, with the dot before it: names may have dots and signs in them.
    private static Optional<String> key(Mapping map, String path, int at) {
        return map.members().keySet().stream()
                .map(name -> "." + name)
                .filter(name -> path.startsWith(name, at) && isEnd(path, at + name.length()))
                .max(Comparator.comparingInt(String::length));
    }

    private static boolean isEnd(String path, int at) {
        return at == path.length() || ".[: ".indexOf(path.charAt(at)) >= 0;
    }

    /// `[name=co]`
    private static Optional<String> selector(String path, int at) {
        int end = path.indexOf(']', at);
        return path.startsWith("[", at) && end > 0 ? Optional.of(path.substring(at, end + 1)) : Optional.empty();
    }

    private static Optional<Value> item(Sequence list, String selector) {
        int equals = selector.indexOf('=');
        if (equals < 0) return Optional.empty();
        String key = selector.substring(1, equals);
        String wanted = selector.substring(equals + 1, selector.length() - 1);
        return list.items().stream()
                .filter(item -> item instanceof Mapping map
                        && map.members().get(key) instanceof Value member
                        && wanted.equals(member.asText()))
                .findFirst();
    }
}
