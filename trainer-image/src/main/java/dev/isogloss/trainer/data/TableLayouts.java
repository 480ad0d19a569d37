package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Fields;
import dev.isogloss.manifest.Suggestion;
import dev.isogloss.trainer.data.TableFormat.Columns;
import dev.isogloss.trainer.data.TableFormat.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which column of a table is which, found by its first line. A line that is nearly a header is refused: read as an
/// example, its names would become a class.
final class TableLayouts {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");
    private static final String BY_NUMBER =
            " If this line is an example, write the columns' numbers, counted from 1, under data.fields.";

    private TableLayouts() {}

    /// A table whose columns have the names, or the numbers (from 1), that `fields` gives. A table without a header
    /// holds text and label, or text, second text and label.
    static Layout tabSeparated(Fields fields, boolean pair) {
        String second = !pair ? null : fields.secondText() != null ? fields.secondText() : "text2";
        return (first, lines) -> {
            if (NUMBER.matcher(fields.text()).matches()) return numbered(fields, second, first, lines);
            boolean header = first.contains(fields.text())
                    || first.contains(fields.label())
                    || second != null && first.contains(second);
            return header ? named(fields, second, first, lines) : nameless(fields, second, first, lines);
        };
    }

    /// XNLI: the original `xnli.dev.tsv` (all languages, with a header), the machine-translated training files
    /// (`premise hypo label`), and XTREME's three bare columns.
    static Layout xnli() {
        return (first, lines) -> {
            Pair names = new Pair(
                    "pairID",
                    List.of("premise", "sentence1"),
                    List.of("hypo", "hypothesis", "sentence2"),
                    List.of("gold_label", "label"));
            return names.isHeader(first) ? names.columns(first, lines) : barePair(first, 3, lines);
        };
    }

    /// PAWS-X: `id sentence1 sentence2 label` with a header or without, or XTREME's three bare columns.
    static Layout pawsX() {
        return (first, lines) -> {
            Pair names = new Pair("id", List.of("sentence1"), List.of("sentence2"), List.of("label"));
            if (names.isHeader(first)) return names.columns(first, lines);
            Columns bare = barePair(first, 4, lines);
            return first.size() == 4 ? new Columns(false, 0, 1, 2, 3, -1) : bare;
        };
    }

    /// The names that the columns of a published set of pairs may have, the usual one first.
    private record Pair(String id, List<String> first, List<String> second, List<String> label) {
        boolean isHeader(List<String> row) {
            return Stream.of(first, second).flatMap(List::stream).anyMatch(row::contains);
        }

        Columns columns(List<String> row, Lines lines) {
            int gold = indexOf(label, row);
            if (gold < 0)
                row.stream()
                        .filter(name -> ColumnNames.isOfLabels(name)
                                || Suggestion.within(2, "label", List.of(name)).isPresent())
                        .findFirst()
                        .ifPresent(near -> {
                            throw new InvalidInput(
                                    "%s names no column \"%s\"; did you mean \"%s\"? The columns are %s. Rename it in the file."
                                            .formatted(
                                                    lines.place(),
                                                    label.getLast(),
                                                    Excerpt.of(near),
                                                    Excerpt.list(row)));
                        });
            return new Columns(
                    true,
                    row.indexOf(id),
                    required(first, row, lines),
                    required(second, row, lines),
                    gold,
                    row.indexOf("language"));
        }

        private static int required(List<String> names, List<String> row, Lines lines) {
            int found = indexOf(names, row);
            if (found < 0)
                throw new InvalidInput(
                        "%s names no column \"%s\"%s The columns are %s. Rename the right one in the file."
                                .formatted(
                                        lines.place(),
                                        String.join("\" or \"", names),
                                        question(Suggestion.hint(names.getFirst(), row)),
                                        Excerpt.list(row)));
            return found;
        }

        private static int indexOf(List<String> names, List<String> row) {
            return names.stream()
                    .filter(row::contains)
                    .findFirst()
                    .map(row::indexOf)
                    .orElse(-1);
        }
    }

    private static Columns barePair(List<String> first, int most, Lines lines) {
        if (ColumnNames.allOfTexts(first))
            throw new InvalidInput(
                    "%s looks like a header %s, with names that this format does not know. Rename the columns, or remove the line."
                            .formatted(lines.place(), Excerpt.list(first)));
        if (first.size() < 2)
            throw new InvalidInput("%s has %d column; two sentences and a label between tabs are needed."
                    .formatted(lines.place(), first.size()));
        if (first.size() > most)
            throw new InvalidInput(
                    "%s has %d columns and no header that says which is which; without one a table of pairs has %d at most."
                            .formatted(lines.place(), first.size(), most));
        return new Columns(false, -1, 0, 1, first.size() > 2 ? 2 : -1, -1);
    }

    private static Columns numbered(Fields fields, @Nullable String second, List<String> first, Lines lines) {
        for (String other : Stream.of(second, fields.label(), fields.id())
                .filter(Objects::nonNull)
                .filter(Predicate.not("label"::equals))
                .toList())
            if (!NUMBER.matcher(other).matches())
                throw new InvalidInput(
                        "data.fields: text is %s, a number, and \"%s\" is a name. Write numbers for all columns, or names for all."
                                .formatted(fields.text(), other));
        if (ColumnNames.allOfTexts(first))
            throw new InvalidInput(
                    "%s is a header %s, and a table whose columns have numbers under data.fields has none. Remove the line, or write names there."
                            .formatted(lines.place(), Excerpt.list(first)));
        return new Columns(
                false, number(fields.id()), number(fields.text()), number(second), number(fields.label()), -1);
    }

    private static Columns named(Fields fields, @Nullable String second, List<String> first, Lines lines) {
        for (String name : second == null ? List.of(fields.text()) : List.of(fields.text(), second))
            if (!first.contains(name))
                throw new InvalidInput("%s names no column \"%s\"%s The columns are %s. %s"
                        .formatted(
                                lines.place(),
                                name,
                                question(Suggestion.hint(name, first)),
                                Excerpt.list(first),
                                JsonRow.NAMED));
        if (!first.contains(fields.label()))
            slip(fields, second, first).ifPresent(near -> {
                throw new InvalidInput("%s names no column \"%s\"%s The columns are %s. %s"
                        .formatted(lines.place(), fields.label(), near, Excerpt.list(first), JsonRow.NAMED));
            });
        return new Columns(
                true,
                fields.id() == null ? -1 : first.indexOf(fields.id()),
                first.indexOf(fields.text()),
                second == null ? -1 : first.indexOf(second),
                first.indexOf(fields.label()),
                -1);
    }

    private static Columns nameless(Fields fields, @Nullable String second, List<String> first, Lines lines) {
        if (!fields.text().equals("text"))
            throw new InvalidInput(("%s names no column \"%s\"%s It reads %s. If the file has no header, write the "
                            + "columns' numbers, counted from 1, under data.fields.")
                    .formatted(
                            lines.place(),
                            fields.text(),
                            question(Suggestion.hint(fields.text(), first)),
                            Excerpt.list(first)));
        boolean nearly = ColumnNames.allOfTexts(first)
                || Stream.of("text", "sentence", "premise").anyMatch(name -> ColumnNames.alike(first.getFirst(), name))
                || first.size() > 1
                        && Stream.of(fields.label(), "labels")
                                .anyMatch(name -> ColumnNames.alike(first.getLast(), name));
        if (nearly) {
            List<String> wanted = new ArrayList<>(List.of(fields.text()));
            if (second != null) wanted.add(second);
            wanted.add(fields.label());
            throw new InvalidInput("%s looks like a header %s that does not name the columns %s. %s%s"
                    .formatted(
                            lines.place(),
                            Excerpt.list(first),
                            wanted,
                            "Name the right ones under data.fields.",
                            BY_NUMBER));
        }
        requireTabs(first, lines);
        if (second != null) return barePair(first, 3, lines);
        if (first.size() > 2)
            throw new InvalidInput(
                    ("%s has %d columns and no header; without one a table has two, text and label. Write the columns'"
                                    + " numbers, counted from 1, under data.fields.")
                            .formatted(lines.place(), first.size()));
        return new Columns(false, -1, 0, -1, first.size() < 2 ? -1 : 1, -1);
    }

    /// Refuses the header of a file whose columns are parted by other signs: each line would be one text.
    private static void requireTabs(List<String> first, Lines lines) {
        for (String sign : List.of(",", ";", "|"))
            if (first.size() == 1
                    && ColumnNames.allOfTexts(List.of(first.getFirst().split(Pattern.quote(sign), -1))))
                throw new InvalidInput("%s is a header with \"%s\" between its names %s, and tabs are needed."
                        .formatted(lines.place(), sign, Excerpt.list(first)));
    }

    /// The column that may have been meant by that of the labels: a table without labels is fine, a misspelt one is
    /// not, and neither is a number in the place of a name.
    private static Optional<String> slip(Fields fields, @Nullable String second, List<String> first) {
        if (NUMBER.matcher(fields.label()).matches()) return Optional.of(", and the text is given by name.");
        return Suggestion.within(2, fields.label(), first)
                .filter(near -> !near.equals(fields.text()) && !near.equals(second) && !near.equals(fields.id()))
                .map(near -> "; did you mean \"" + Excerpt.of(near) + "\"?");
    }

    private static String question(String hint) {
        return hint.isEmpty() ? "." : hint;
    }

    private static int number(@Nullable String column) {
        return column != null && NUMBER.matcher(column).matches() ? Integer.parseInt(column) - 1 : -1;
    }
}
