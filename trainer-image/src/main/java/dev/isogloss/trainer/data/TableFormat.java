package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Fields;
import dev.isogloss.manifest.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Columns between tabs, nothing quoted: the manifest's own tables, XNLI and PAWS-X in the layouts they are passed
/// around in.
final class TableFormat implements DataFormatReader {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");

    /// Columns of a row, from 0; -1 where there is no such column.
    ///
    /// @param header   whether the first line names the columns
    /// @param language the column that says a row's language, in files of several
    record Columns(boolean header, int id, int text, int second, int label, int language) {}

    /// Finds the columns by looking at the file's first line.
    interface Layout {
        Columns of(List<String> first, Lines lines);
    }

    private final Layout layout;
    private final @Nullable String language;
    private final boolean inference;

    private TableFormat(Layout layout, @Nullable String language, boolean inference) {
        this.layout = layout;
        this.language = language;
        this.inference = inference;
    }

    /// A table whose columns have the names, or the numbers (from 1), that `fields` gives. A table without a header
    /// holds text and label, or text, second text and label.
    static TableFormat tabSeparated(Fields fields, boolean pair) {
        String second = fields.secondText() != null ? fields.secondText() : "text2";
        return new TableFormat((first, lines) -> named(fields, pair ? second : null, first, lines), null, false);
    }

    /// XNLI: the original `xnli.dev.tsv` (all languages, with a header), the machine-translated training files
    /// (`premise hypo label`), and XTREME's three bare columns.
    static TableFormat xnli(String language) {
        Layout layout = (first, lines) -> {
            if (first.contains("gold_label") && first.contains("sentence1") && first.contains("sentence2"))
                return new Columns(
                        true,
                        first.indexOf("pairID"),
                        first.indexOf("sentence1"),
                        first.indexOf("sentence2"),
                        first.indexOf("gold_label"),
                        first.indexOf("language"));
            if (first.contains("premise"))
                return new Columns(
                        true,
                        -1,
                        first.indexOf("premise"),
                        Math.max(first.indexOf("hypo"), first.indexOf("hypothesis")),
                        first.indexOf("label"),
                        -1);
            return bare(first, lines);
        };
        return new TableFormat(layout, language, true);
    }

    /// PAWS-X: `id sentence1 sentence2 label` with a header, or XTREME's three bare columns.
    static TableFormat pawsX() {
        Layout layout = (first, lines) -> {
            if (first.contains("sentence1") && first.contains("sentence2"))
                return new Columns(
                        true,
                        first.indexOf("id"),
                        first.indexOf("sentence1"),
                        first.indexOf("sentence2"),
                        first.indexOf("label"),
                        -1);
            return first.size() >= 4 ? new Columns(false, 0, 1, 2, 3, -1) : bare(first, lines);
        };
        return new TableFormat(layout, null, false);
    }

    private static Columns bare(List<String> first, Lines lines) {
        if (first.size() < 2)
            throw new InvalidInput("%s has %d column; two sentences and a label between tabs are needed."
                    .formatted(lines.place(), first.size()));
        return new Columns(false, -1, 0, 1, first.size() > 2 ? 2 : -1, -1);
    }

    private static Columns named(Fields fields, @Nullable String second, List<String> first, Lines lines) {
        if (NUMBER.matcher(fields.text()).matches())
            return new Columns(
                    false, number(fields.id()), number(fields.text()), number(second), number(fields.label()), -1);
        boolean header = first.contains(fields.text())
                || first.contains(fields.label())
                || second != null && first.contains(second);
        if (header) {
            for (String name : second == null ? List.of(fields.text()) : List.of(fields.text(), second))
                if (!first.contains(name))
                    throw new InvalidInput(
                            "%s names no column \"%s\"%s The columns are %s. Name the right one under data.fields."
                                    .formatted(
                                            lines.place(),
                                            name,
                                            question(Suggestion.hint(name, first)),
                                            Excerpt.list(first)));
            if (!first.contains(fields.label()))
                misspelt(fields, second, first).ifPresent(near -> {
                    throw new InvalidInput(
                            "%s names no column \"%s\"; did you mean \"%s\"? The columns are %s. Name the right one under data.fields."
                                    .formatted(lines.place(), fields.label(), near, Excerpt.list(first)));
                });
            return new Columns(
                    true,
                    fields.id() == null ? -1 : first.indexOf(fields.id()),
                    first.indexOf(fields.text()),
                    second == null ? -1 : first.indexOf(second),
                    first.indexOf(fields.label()),
                    -1);
        }
        if (!fields.text().equals("text"))
            throw new InvalidInput(("%s names no column \"%s\"%s It reads %s. If the file has no header, write the "
                            + "columns' numbers, counted from 1, under data.fields.")
                    .formatted(
                            lines.place(),
                            fields.text(),
                            question(Suggestion.hint(fields.text(), first)),
                            Excerpt.list(first)));
        if (second != null) return bare(first, lines);
        return new Columns(false, -1, 0, -1, first.size() > 1 ? first.size() - 1 : -1, -1);
    }

    /// The column that may have been meant by that of the labels: a table without labels is fine, a misspelt one is
    /// not.
    private static Optional<String> misspelt(Fields fields, @Nullable String second, List<String> first) {
        return Suggestion.within(2, fields.label(), first)
                .filter(near -> !near.equals(fields.text()) && !near.equals(second) && !near.equals(fields.id()));
    }

    private static String question(String hint) {
        return hint.isEmpty() ? "." : hint;
    }

    private static int number(@Nullable String column) {
        return column != null && NUMBER.matcher(column).matches() ? Integer.parseInt(column) - 1 : -1;
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        Columns columns = null;
        Set<String> others = new TreeSet<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) continue;
            List<String> row = List.of(line.split("\t", -1));
            if (columns == null) {
                columns = layout.of(row, lines);
                if (columns.header()) continue;
            }
            row(row, columns, lines, rows, others);
        }
        if (rows.foundNone() && !others.isEmpty())
            throw new InvalidInput("%s has no rows of language \"%s\"; its languages are %s."
                    .formatted(lines.path(), language, Excerpt.list(others)));
    }

    private void row(List<String> row, Columns columns, Lines lines, ExampleSink rows, Set<String> others) {
        if (columns.language() >= 0) {
            String its = cell(row, columns.language(), "language", lines);
            if (!its.equals(language)) {
                others.add(its);
                return;
            }
        }
        String id = columns.id() < 0 ? Long.toString(lines.number()) : cell(row, columns.id(), "id", lines);
        String text = cell(row, columns.text(), "text", lines);
        String second = columns.second() < 0 ? null : cell(row, columns.second(), "second text", lines);
        String label = columns.label() < 0
                ? null
                : cell(row, columns.label(), "label", lines).strip();
        if (text.isBlank() || second != null && second.isBlank()) rows.remark("empty text", lines.number());
        if (inference && "contradictory".equals(label)) {
            rows.remark("\"contradictory\" read as \"contradiction\"", lines.number());
            label = "contradiction";
        }
        if (inference && "-".equals(label)) {
            rows.remark("pair left out, because its annotators did not agree (label \"-\")", lines.number());
            return;
        }
        rows.add(new TextExample(id, text, second, label == null || label.isEmpty() ? null : label), lines.number());
    }

    private static String cell(List<String> row, int column, String what, Lines lines) {
        if (column < row.size()) return row.get(column);
        throw new InvalidInput("%s has %d column%s between tabs, and the %s is expected in column %d."
                .formatted(lines.place(), row.size(), row.size() == 1 ? "" : "s", what, column + 1));
    }
}
