package dev.isogloss.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A module's table of packages as CONTRIBUTING.md shows it: each row names a package and those it uses, all of which
/// stand above it. A row `api..` speaks of a package and all below it.
///
/// @param uses by package, in the table's order
public record PackageTable(Map<String, Set<String>> uses) {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([a-z\\d.]+)\\.[A-Z]");
    private static final Path PAGE = Path.of("../CONTRIBUTING.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|[^|]*\\|([^|]*)\\|$");
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    /// The table below the heading `### module`.
    public static PackageTable of(String module) {
        try {
            return parse(Files.readString(PAGE), module);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static PackageTable parse(String page, String module) {
        int heading = page.indexOf("\n### " + module + "\n");
        if (heading < 0) throw new IllegalArgumentException("no heading \"### " + module + "\"");
        int end = page.indexOf("\n#", heading + 1);
        Map<String, Set<String>> uses = new LinkedHashMap<>();
        ROW.matcher(page.substring(heading, end < 0 ? page.length() : end))
                .results()
                .forEach(row -> uses.put(row.group(1), names(row.group(2))));
        return new PackageTable(uses);
    }

    private static Set<String> names(String cell) {
        return new TreeSet<>(NAME.matcher(cell)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList());
    }

    /// What table and code disagree in, a sentence each; empty where they agree.
    ///
    /// @param classes the module's classes without its tests
    /// @param root    the package that all names of the table are relative to
    public List<String> differences(JavaClasses classes, String root) {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        for (JavaClass type : classes)
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .forEach(target -> arrow(found, type.getPackageName(), target.getPackageName(), root));
        imports(found, root);
        return differences(found);
    }

    /// Constants and most annotations leave no trace in a class file, so sources are read for what they import.
    private void imports(Map<String, Set<String>> found, String root) {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                Matcher own = PACKAGE.matcher(text);
                if (own.find())
                    IMPORT.matcher(text).results().forEach(each -> arrow(found, own.group(1), each.group(1), root));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void arrow(Map<String, Set<String>> found, String from, String to, String root) {
        if (!isBelow(from, root)) return;
        Set<String> used = found.computeIfAbsent(row(from, root), _ -> new TreeSet<>());
        if (isBelow(to, root) && !row(to, root).equals(row(from, root))) used.add(row(to, root));
    }

    private static boolean isBelow(String name, String root) {
        return (name + ".").startsWith(root + ".");
    }

    private String row(String packageName, String root) {
        String name = packageName.equals(root) ? "." : packageName.substring(root.length() + 1);
        return uses.keySet().stream()
                .filter(row -> row.endsWith("..") && isBelow(name, row.substring(0, row.length() - 2)))
                .findFirst()
                .orElse(name);
    }

    List<String> differences(Map<String, Set<String>> found) {
        List<String> differences = new ArrayList<>();
        List<String> order = List.copyOf(uses.keySet());
        found.forEach((row, used) -> {
            if (!uses.containsKey(row)) differences.add("the table has no row for %s".formatted(row));
            for (String each : used)
                if (!uses.getOrDefault(row, Set.of()).contains(each))
                    differences.add("%s uses %s, which the table does not allow".formatted(row, each));
        });
        uses.forEach((row, allowed) -> {
            if (!found.containsKey(row)) differences.add("there is no package %s".formatted(row));
            for (String each : allowed) {
                if (!found.getOrDefault(row, Set.of()).contains(each))
                    differences.add("%s does not use %s: take it out of the table".formatted(row, each));
                if (order.indexOf(each) >= order.indexOf(row))
                    differences.add("%s must stand below %s, which it uses".formatted(row, each));
            }
        });
        return differences;
    }
}
