package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.benchmark.Sweep;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.manifest.ResolvedSystem.Candidate;
import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A system with the values of a sweep in place of its own.
///
/// @param path    of the system, for problems
/// @param merged  as it is written
/// @param checked the same with its defaults
/// @param schema  of what it is
record SweptSystem(String file, Consumer<Problem> problems, String path, Value merged, Value checked, JsonNode schema) {
    private static final String OVER = "spec.sweep.over";

    /// Candidates are held against each other, and their line against the others, on the same languages and seeds.
    private static final Set<String> MEASURED = Set.of("source", "targets", "seeds");

    private record Assignment(FieldPath field, Value value) {}

    /// One for each combination of values, fields by name, those of the last one changing fastest; none if there is a
    /// problem.
    List<Candidate> candidates(Mapping sweep, Function<Value, Manifest> manifest) {
        if (!(sweep.members().get("over") instanceof Mapping over)) return List.of();
        List<List<Assignment>> combinations = List.of(List.of());
        Map<FieldPath, Sequence> fields = fields(over);
        if (fields.isEmpty()) return List.of();
        for (Map.Entry<FieldPath, Sequence> each : fields.entrySet()) {
            combinations = times(combinations, each.getKey(), each.getValue());
            if (combinations.size() > Sweep.MOST) {
                report(over.mark(), OVER, "means more than %d combinations; give fewer values".formatted(Sweep.MOST));
                return List.of();
            }
        }
        return candidates(combinations, over, manifest);
    }

    /// By name, for the order in which a map was written is lost on its way through an API server; none if one of them
    /// is none.
    private Map<FieldPath, Sequence> fields(Mapping over) {
        Map<FieldPath, Sequence> fields = new LinkedHashMap<>();
        boolean sound = true;
        for (Map.Entry<String, Value> each : new TreeMap<>(over.members()).entrySet()) {
            if (!(each.getValue() instanceof Sequence values)) continue;
            Optional<FieldPath> field = field(each.getKey(), over.markOf(each.getKey()));
            field.ifPresent(path -> fields.put(path, values));
            sound &= field.isPresent();
        }
        return sound ? fields : Map.of();
    }

    private Optional<FieldPath> field(String text, Mark mark) {
        String place = OVER + "[\"" + Excerpt.of(text) + "\"]";
        Optional<FieldPath> field = FieldPath.of(text);
        Optional<String> mistake = field.isEmpty()
                ? Optional.of("is no field; name it from spec down, as stages[1].iwda.lambdaAlign")
                : measured(field.get()).or(() -> field.get().missingIn(checked, schema));
        mistake.ifPresent(sentence -> report(mark, place, sentence));
        return mistake.isPresent() ? Optional.empty() : field;
    }

    private static Optional<String> measured(FieldPath field) {
        return MEASURED.contains(field.first())
                ? Optional.of(
                        "decides what the line is measured on, which is the same for all values of a sweep; write a"
                                + " system for each value instead")
                : Optional.empty();
    }

    private static List<List<Assignment>> times(List<List<Assignment>> before, FieldPath field, Sequence values) {
        List<List<Assignment>> all = new ArrayList<>();
        for (List<Assignment> combination : before)
            for (Value value : values.items()) {
                List<Assignment> more = new ArrayList<>(combination);
                more.add(new Assignment(field, value));
                all.add(more);
            }
        return all;
    }

    private List<Candidate> candidates(
            List<List<Assignment>> combinations, Mapping over, Function<Value, Manifest> manifest) {
        List<Candidate> candidates = new ArrayList<>();
        Map<Record, String> meanings = new HashMap<>();
        SharedProblems mistakes = new SharedProblems(over.mark(), problems);
        for (List<Assignment> combination : combinations) {
            Value whole = merged;
            for (Assignment each : combination) whole = each.field().set(whole, each.value());
            List<Problem> found = new ArrayList<>();
            Value sound = new SchemaCheck(file, found::add).check(path, whole, schema);
            found.forEach(problem -> mistakes.add(ofSweep(problem)));
            if (!found.isEmpty()) continue;
            Candidate candidate = new Candidate(label(combination), manifest.apply(sound));
            String other = meanings.putIfAbsent(candidate.manifest().spec(), candidate.label());
            if (other != null)
                report(
                        over.mark(),
                        OVER,
                        "means the same by %s and by %s; take one of them out".formatted(other, candidate.label()));
            candidates.add(candidate);
        }
        mistakes.report(0, Set.of());
        return candidates.size() == combinations.size() ? candidates : List.of();
    }

    /// The system itself is right: what is wrong now is a value of the sweep.
    private Problem ofSweep(Problem problem) {
        String field = problem.path().substring(Math.min(problem.path().length(), path.length()));
        String where = field.isEmpty() ? "" : field.substring(1) + " ";
        return new Problem(problem.file(), problem.line(), problem.column(), OVER, where + problem.message());
    }

    private static String label(List<Assignment> combination) {
        List<String> names =
                combination.stream().map(each -> each.field().name()).toList();
        boolean distinct = names.stream().distinct().count() == names.size();
        return combination.stream()
                .map(each -> (distinct ? each.field().name() : each.field().text()) + "=" + shown(each.value()))
                .collect(Collectors.joining(", "));
    }

    /// The same for `1e-3` and `0.001`, whoever reads them.
    private static String shown(Value value) {
        Object plain = value.plain();
        return plain instanceof String text ? text : plain == null ? "null" : CanonicalJson.of(plain);
    }

    private void report(Mark mark, String place, String message) {
        problems.accept(new Problem(file, mark.line(), mark.column(), place, message));
    }
}
