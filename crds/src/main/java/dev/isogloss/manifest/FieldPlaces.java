package dev.isogloss.manifest;

import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Sequence;
import java.util.Comparator;
import java.util.Optional;
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
    String located(String sentences) {
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
            Optional<Step> step = step(value, path, at);
            if (step.isEmpty()) break;
            value = step.get().to();
            at += step.get().text().length();
        }
        return new Walk(value, steps);
    }

    /// @param text of the path that it is
    private record Step(String text, Value to) {}

    private static Optional<Step> step(Value value, String path, int at) {
        return switch (value) {
            case Mapping map -> member(map, path, at);
            case Sequence list -> item(list, path, at);
            case Value.Scalar _ -> Optional.empty();
        };
    }

    /// The longest name that stands there, with the dot before it: names may have dots and signs in them.
    private static Optional<Step> member(Mapping map, String path, int at) {
        return map.members().entrySet().stream()
                .map(member -> new Step("." + member.getKey(), member.getValue()))
                .filter(step -> path.startsWith(step.text(), at)
                        && isEnd(path, at + step.text().length()))
                .max(Comparator.comparingInt(step -> step.text().length()));
    }

    private static boolean isEnd(String path, int at) {
        return at == path.length() || ".[: ".indexOf(path.charAt(at)) >= 0;
    }

    /// Named by one of its fields, as in `[name=co]`.
    private static Optional<Step> item(Sequence list, String path, int at) {
        int equals = path.indexOf('=', at);
        int end = path.indexOf(']', at);
        if (!path.startsWith("[", at) || equals < 0 || end < equals) return Optional.empty();
        String key = path.substring(at + 1, equals);
        String wanted = path.substring(equals + 1, end);
        return list.items().stream()
                .filter(item -> item instanceof Mapping map
                        && map.members().get(key) instanceof Value member
                        && wanted.equals(member.asText()))
                .map(item -> new Step(path.substring(at, end + 1), item))
                .findFirst();
    }
}
