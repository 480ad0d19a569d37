package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.SystemHead;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.manifest.ResolvedSystem.Candidate;
import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The systems of a benchmark as the experiments and runs that they mean: the template with each one's fields
/// merged in, held to the definition of its kind as if it stood in a file of its own.
public final class Benchmarks {
    private static final String EXPERIMENT = "TransferExperiment";
    private static final String RUN = "CoTrainingRun";

    private final String file;
    private final Consumer<Problem> problems;
    private final Value template;

    private Benchmarks(String file, Value template, Consumer<Problem> problems) {
        this.file = file;
        this.template = template;
        this.problems = problems;
    }

    /// The systems of a spec, as an API server gives it.
    ///
    /// @throws InvalidInput with all problems at once, a paragraph each, in the words of `isogloss validate`
    public static List<ResolvedSystem> of(String name, TransferBenchmarkSpec spec) {
        List<Problem> problems = new ArrayList<>();
        JsonNode json = Definitions.MAPPER.valueToTree(spec);
        List<ResolvedSystem> systems = of("", name, (Mapping) Value.of(json, new Mark(0, 0)), problems::add);
        if (!problems.isEmpty())
            throw new InvalidInput(problems.stream()
                    .map(problem -> problem.path() + ": " + problem.message())
                    .collect(Collectors.joining("\n")));
        return systems;
    }

    /// The systems of a spec that its own definition allows.
    ///
    /// @param name of the benchmark, which their manifests have too
    static List<ResolvedSystem> of(String file, String name, Mapping spec, Consumer<Problem> problems) {
        Value template = spec.members().getOrDefault("template", new Mapping(spec.mark()));
        SharedProblems shared = new SharedProblems(template.mark(), problems);
        Benchmarks reader = new Benchmarks(file, template, shared::add);
        List<ResolvedSystem> systems = new ArrayList<>();
        if (!(spec.members().get("systems") instanceof Sequence given)) return List.of();
        Value sweep = spec.members().get("sweep");
        for (Value each : given.items())
            if (each instanceof Mapping system) systems.addAll(reader.system(name, system, sweep));
        reader.different(systems, given);
        shared.report(given.items().size(), ownFields(given));
        return systems;
    }

    /// The fields that every system has.
    private static Set<String> ownFields(Sequence systems) {
        return systems.items().stream()
                .map(each -> each instanceof Mapping system ? system.members().keySet() : Set.<String>of())
                .reduce((all, own) -> {
                    Set<String> both = new HashSet<>(all);
                    both.retainAll(own);
                    return both;
                })
                .orElse(Set.of());
    }

    private List<ResolvedSystem> system(String benchmark, Mapping given, @Nullable Value sweep) {
        String name = text(given, SystemHead.NAME);
        String path = "spec.systems[name=%s]".formatted(name);
        boolean experiment = isGiven(given, "stages");
        boolean run = isGiven(given, "models") || isGiven(given, "strategy");
        if (experiment && run) {
            report(
                    path,
                    given.mark(),
                    "has stages, as an experiment, and models or a strategy, as a run; keep one of" + " both");
            return List.of();
        }
        String kind = run || !experiment && !isGiven(template, "stages") && isRun(template) ? RUN : EXPERIMENT;
        Value merged = merged(given, kind);
        JsonNode schema = Definitions.schema(kind).at("/properties/spec");
        List<Problem> own = new ArrayList<>();
        Value checked = new SchemaCheck(file, own::add).check(path, merged, schema);
        own.forEach(problems);
        if (!own.isEmpty()) return List.of();
        List<Candidate> candidates =
                sweep instanceof Mapping swept && text(swept, "system").equals(name)
                        ? new SweptSystem(file, problems, path, merged, checked, schema)
                                .candidates(swept, value -> Definitions.manifest(kind, benchmark, null, value, null))
                        : List.of(new Candidate("", Definitions.manifest(kind, benchmark, null, checked, null)));
        String stage = isGiven(given, SystemHead.STAGE) ? text(given, SystemHead.STAGE) : null;
        return candidates.isEmpty() ? List.of() : List.of(new ResolvedSystem(name, stage, candidates));
    }

    /// Fields of the other kind that stand in the template are for the other systems.
    private Value merged(Mapping given, String kind) {
        Mapping patch = new Mapping(given.mark());
        given.members().forEach((key, value) -> {
            boolean head = key.equals(SystemHead.NAME) || key.equals(SystemHead.STAGE);
            if (!head) patch.put(key, given.markOf(key), value);
        });
        Mapping shared = new Mapping(template.mark());
        List<String> foreign = kind.equals(RUN) ? List.of("encoder", "stages") : List.of("models", "strategy");
        if (template instanceof Mapping all)
            all.members().forEach((key, value) -> {
                if (!foreign.contains(key)) shared.put(key, all.markOf(key), value);
            });
        return MergePatch.apply(shared, patch);
    }

    /// Two systems that mean the same give the same line twice.
    private void different(List<ResolvedSystem> systems, Sequence given) {
        Map<Object, String> names = new HashMap<>();
        for (ResolvedSystem system : systems) {
            if (system.candidates().size() > 1) continue;
            List<@Nullable Object> meaning = new ArrayList<>();
            meaning.add(system.stage());
            meaning.add(system.candidates().getFirst().manifest().spec());
            String other = names.putIfAbsent(meaning, system.name());
            if (other != null)
                report(
                        "spec.systems[name=%s]".formatted(system.name()),
                        markOf(given, system.name()),
                        "means the same as the system %s; change one of them, or take it out".formatted(other));
        }
    }

    private static Mark markOf(Sequence systems, String name) {
        return systems.items().stream()
                .filter(each -> each instanceof Mapping system
                        && text(system, SystemHead.NAME).equals(name))
                .map(Value::mark)
                .findFirst()
                .orElse(systems.mark());
    }

    private static boolean isRun(Value part) {
        return isGiven(part, "models") || isGiven(part, "strategy");
    }

    private static boolean isGiven(Value part, String key) {
        return part instanceof Mapping map
                && map.members().containsKey(key)
                && !map.members().getOrDefault(key, part).isNothing();
    }

    private static String text(Mapping map, String key) {
        Value member = map.members().get(key);
        String text = member == null ? null : member.asText();
        return text == null ? "" : text;
    }

    private void report(String path, Mark mark, String message) {
        problems.accept(new Problem(file, mark.line(), mark.column(), path, message));
    }
}
