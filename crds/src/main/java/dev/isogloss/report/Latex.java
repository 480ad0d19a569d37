package dev.isogloss.report;

import java.util.Map;
import java.util.stream.Collectors;

/// Text as LaTeX reads it, in every engine: what means something to it is escaped, and signs that its first fonts lack
/// become commands.
public final class Latex {
    private static final Map<Integer, String> COMMANDS = Map.ofEntries(
            Map.entry((int) '_', "\\_"),
            Map.entry((int) '&', "\\&"),
            Map.entry((int) '%', "\\%"),
            Map.entry((int) '#', "\\#"),
            Map.entry((int) '$', "\\$"),
            Map.entry((int) '{', "\\{"),
            Map.entry((int) '}', "\\}"),
            Map.entry((int) '\\', "\\textbackslash{}"),
            Map.entry((int) '~', "\\textasciitilde{}"),
            Map.entry((int) '^', "\\textasciicircum{}"),
            Map.entry((int) '<', "$<$"),
            Map.entry((int) '>', "$>$"),
            Map.entry((int) '≤', "$\\leq$"),
            Map.entry((int) '≥', "$\\geq$"),
            Map.entry((int) '±', "$\\pm$"),
            Map.entry((int) '−', "$-$"),
            Map.entry((int) '–', "--"));

    private Latex() {}

    public static String escaped(String text) {
        return text.codePoints()
                .mapToObj(point -> COMMANDS.getOrDefault(point, Character.toString(point)))
                .collect(Collectors.joining());
    }
}
