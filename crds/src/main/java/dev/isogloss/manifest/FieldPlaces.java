package dev.isogloss.manifest;

import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Sequence;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where the fields of a manifest were written, for mistakes that show only once it is planned: their sentences begin
/// with the field, as in `spec.stages: ...` or, for a system of a benchmark, `spec.systems[name=co]: spec.stages: ...`.
public final class FieldPlaces {
    private static final String STEPS = "((?:\\.[A-Za-z][\\w-]*|\\[[a-z]+=[^\\]]*])*)";
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z][\\w-]*)|\\[([a-z]+)=([^\\]]*)]");
    private static final Pattern FIELD = Pattern.compile("spec" + STEPS);
    private static final Pattern FIELD_OF_SYSTEM =
            Pattern.compile("spec(\\.systems\\[name=[^\\]]*])(?:: spec)?" + STEPS);

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
        Matcher ofSystem = FIELD_OF_SYSTEM.matcher(sentence);
        if (ofSystem.lookingAt()) return Optional.of(inSystem(ofSystem.group(1), ofSystem.group(2)));
        Matcher field = FIELD.matcher(sentence);
        return field.lookingAt()
                ? Optional.of(walk(spec, field.group(1)).reached().mark())
                : Optional.empty();
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

    private static Walk walk(Value from, String path) {
        Value value = from;
        int steps = 0;
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            Optional<Value> next =
                    step.group(1) != null ? member(value, step.group(1)) : item(value, step.group(2), step.group(3));
            if (next.isEmpty()) break;
            value = next.get();
            steps++;
        }
        return new Walk(value, steps);
    }

    private static Optional<Value> member(Value value, String name) {
        return value instanceof Mapping map ? Optional.ofNullable(map.members().get(name)) : Optional.empty();
    }

    private static Optional<Value> item(Value value, String key, String named) {
        return value instanceof Sequence list
                ? list.items().stream()
                        .filter(item -> member(item, key)
                                .filter(member -> named.equals(member.asText()))
                                .isPresent())
                        .findFirst()
                : Optional.empty();
    }
}
