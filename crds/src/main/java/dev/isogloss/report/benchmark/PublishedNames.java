package dev.isogloss.report.benchmark;

import dev.isogloss.api.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names in a paper's table: systems by their own, or by their letters, digits and `+`, as `IWDA + KD` is the
/// system `iwda+kd`. Of a cell that is bold in part, that part is the name: `**XLM-R** (our imp.)` is `xlm-r`.
///
/// @param file of the table, for messages
record PublishedNames(String file, List<String> systems) {
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");

    /// The system of this very name; null if there is none.
    @Nullable
    String exact(PublishedCell cell) {
        String name = name(cell.text());
        return systems.contains(name) ? name : null;
    }

    /// The system of these letters; null if there is none.
    ///
    /// @throws InvalidInput if there are several
    @Nullable
    String alike(PublishedCell cell) {
        String letters = letters(name(cell.text()));
        List<String> alike = systems.stream()
                .filter(system -> letters(system).equals(letters))
                .toList();
        if (alike.size() > 1)
            throw new InvalidInput(
                    "%s:%d: the line \"%s\" may be of %s, which have the same letters. Write there which."
                            .formatted(file, cell.line(), name(cell.text()), String.join(" or ", alike)));
        return alike.isEmpty() ? null : alike.getFirst();
    }

    /// @param what a line or a column
    InvalidInput twice(String what, String name, PublishedCell cell) {
        return new InvalidInput("%s:%d: the table has a second %s for %s. Which one is meant? Name the other otherwise."
                .formatted(file, cell.line(), what, name));
    }

    /// What a cell calls a system, a language, or the `average` over targets. A paper's `avg` is not that: it mostly
    /// counts the source as well.
    static String name(String cell) {
        Matcher bold = BOLD.matcher(cell);
        return bold.find() ? bold.group(1) : cell;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}+]", "");
    }
}
