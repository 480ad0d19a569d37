package dev.isogloss.manifest;

import dev.isogloss.manifest.Value.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Problems of the systems of a benchmark: what all of them have in common is a mistake of the template, and said once,
/// unless each has written its own.
final class SharedProblems {
    private static final Pattern SYSTEM = Pattern.compile("^spec\\.systems\\[name=[^\\]]*]");
    private static final Pattern FIELD = Pattern.compile("^\\.?([A-Za-z0-9]*).*", Pattern.DOTALL);

    private final Mark template;
    private final Consumer<Problem> problems;
    private final Map<List<String>, List<Problem>> found = new LinkedHashMap<>();

    /// @param template its place
    SharedProblems(Mark template, Consumer<Problem> problems) {
        this.template = template;
        this.problems = problems;
    }

    void add(Problem problem) {
        String field = SYSTEM.matcher(problem.path()).replaceFirst("");
        found.computeIfAbsent(List.of(field, problem.message()), _ -> new ArrayList<>())
                .add(problem);
    }

    /// @param systems how many there are
    /// @param own     the fields that each of them writes for itself
    void report(int systems, Set<String> own) {
        found.forEach((what, same) -> {
            boolean shared = systems > 1 && same.size() == systems;
            boolean ownField = own.contains(FIELD.matcher(what.getFirst()).replaceFirst("$1"));
            if (shared && (isInOnePlace(same) || !ownField)) problems.accept(inTemplate(same));
            else same.stream().distinct().forEach(problems);
        });
        found.clear();
    }

    private static boolean isInOnePlace(List<Problem> same) {
        Problem first = same.getFirst();
        return same.stream().allMatch(each -> each.line() == first.line() && each.column() == first.column());
    }

    /// In the place where all of them see it, else in that of the template.
    private Problem inTemplate(List<Problem> same) {
        Problem first = same.getFirst();
        boolean onePlace = isInOnePlace(same);
        Matcher system = SYSTEM.matcher(first.path());
        return new Problem(
                first.file(),
                onePlace ? first.line() : template.line(),
                onePlace ? first.column() : template.column(),
                system.replaceFirst("spec.template"),
                first.message());
    }
}
