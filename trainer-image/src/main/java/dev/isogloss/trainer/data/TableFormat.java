package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Fields;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Columns between tabs, nothing quoted: the manifest's own tables, XNLI and PAWS-X in the layouts they are passed
/// around in. All rows have as many columns: one more or less shifts those behind it.
final class TableFormat implements DataFormatReader {

    /// Columns of a row, from 0; -1 where there is no such column.
    ///
    /// @param header   whether the first line names the columns
    /// @param language the column that says a row's language, in files of several
    record Columns(boolean header, int id, int text, int second, int label, int language) {}

    /// Finds the columns by looking at the file's first line.
    interface Layout {
        Columns of(List<String> first, Lines lines);
    }

    /// What published sets have that a table of the user's own has not.
    private enum Habit {
        None,
        /// Labels of pairs on which the annotators did not agree, and a label that is spelt in two ways.
        Inference,
        /// A placeholder for translations that are missing.
        Paraphrase
    }

    private final Layout layout;
    private final @Nullable String language;
    private final Habit habit;

    private TableFormat(Layout layout, @Nullable String language, Habit habit) {
        this.layout = layout;
        this.language = language;
        this.habit = habit;
    }

    static TableFormat tabSeparated(Fields fields, boolean pair) {
        return new TableFormat(TableLayouts.tabSeparated(fields, pair), null, Habit.None);
    }

    static TableFormat xnli(String language) {
        return new TableFormat(TableLayouts.xnli(), language, Habit.Inference);
    }

    static TableFormat pawsX() {
        return new TableFormat(TableLayouts.pawsX(), null, Habit.Paraphrase);
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        Columns columns = null;
        List<String> first = List.of();
        String before = "";
        Set<String> others = new TreeSet<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) continue;
            List<String> row = List.of(line.split("\t", -1));
            if (columns == null) {
                JsonRow.requireNone(line, lines);
                columns = layout.of(row, lines);
                first = row;
                if (columns.header()) continue;
                requireCells(row, columns, before, lines);
            }
            if (row.size() != first.size()) requireWidth(row, first.size(), columns, before, lines);
            if (columns.header()) requireExample(row, first, columns, lines);
            row(row, columns, lines, rows, others);
            before = line;
        }
        if (rows.foundNone() && !others.isEmpty())
            throw new InvalidInput("%s has no rows of language \"%s\"; its languages are %s."
                    .formatted(lines.path(), language, Excerpt.list(others)));
    }

    private void row(List<String> row, Columns columns, Lines lines, ExampleSink rows, Set<String> others) {
        if (language != null && columns.language() >= 0) {
            String its = row.get(columns.language());
            if (!its.equals(language)) {
                others.add(its);
                return;
            }
        }
        long line = lines.number();
        String id = columns.id() < 0 ? Long.toString(line) : row.get(columns.id());
        String text = row.get(columns.text());
        String second = columns.second() < 0 ? null : row.get(columns.second());
        String label = columns.label() < 0 ? null : rows.label(row.get(columns.label()), line);
        if (text.isBlank() || second != null && second.isBlank()) rows.remark("empty text", line);
        if (habit == Habit.Paraphrase && (text.equals("NS") || "NS".equals(second)))
            rows.remark("\"NS\" in the place of a sentence that was not translated", line);
        if (habit == Habit.Inference && "contradictory".equals(label)) {
            rows.remark("\"contradictory\" read as \"contradiction\"", line);
            label = "contradiction";
        }
        if (habit == Habit.Inference && "-".equals(label)) {
            rows.remark("pair left out, because its annotators did not agree (label \"-\")", line);
            return;
        }
        rows.add(new TextExample(id, text, second, label), line);
    }

    /// Refuses a row of another width than the first one's; empty cells at its end do no harm.
    private static void requireWidth(List<String> row, int width, Columns columns, String before, Lines lines) {
        if (row.size() > width && row.subList(width, row.size()).stream().allMatch(String::isEmpty)) return;
        requireCells(row, columns, before, lines);
        throw new InvalidInput(
                "%s has %d column%s between tabs, and the first line has %d: a tab inside a text, or a cell that is missing, shifts all columns behind it.%s"
                        .formatted(
                                lines.place(), row.size(), row.size() == 1 ? "" : "s", width, ofQuotes(before, row)));
    }

    private static void requireCells(List<String> row, Columns columns, String before, Lines lines) {
        requireCell(row, columns.language(), "language", before, lines);
        requireCell(row, columns.id(), "id", before, lines);
        requireCell(row, columns.text(), "text", before, lines);
        requireCell(row, columns.second(), "second text", before, lines);
        requireCell(row, columns.label(), "label", before, lines);
    }

    private static void requireCell(List<String> row, int column, String what, String before, Lines lines) {
        if (column < row.size()) return;
        throw new InvalidInput("%s has %d column%s between tabs, and the %s is expected in column %d.%s"
                .formatted(
                        lines.place(),
                        row.size(),
                        row.size() == 1 ? "" : "s",
                        what,
                        column + 1,
                        ofQuotes(before, row)));
    }

    /// A sentence for those whose quotation marks hold a line break together, as other programs write it.
    private static String ofQuotes(String before, List<String> row) {
        boolean open = opens(List.of(before.split("\t", -1))) || opens(row);
        return open
                ? " A quotation mark is text here and holds no line break together: write JSON lines, or texts without line breaks."
                : "";
    }

    private static boolean opens(List<String> row) {
        return row.stream()
                .anyMatch(cell -> cell.startsWith("\"")
                        && cell.chars().filter(c -> c == '"').count() % 2 == 1);
    }

    /// Refuses a row that repeats the header, and one that shows that the header was none.
    private static void requireExample(List<String> row, List<String> header, Columns columns, Lines lines) {
        if (!row.get(columns.text()).equals(header.get(columns.text()))) return;
        if (row.equals(header))
            throw new InvalidInput(
                    "%s repeats the header, as where two files are joined. Remove the line.".formatted(lines.place()));
        if (columns.label() < 0)
            throw new InvalidInput(
                    "%s has \"%s\" in column %d, as the first line does, which therefore names no columns. Write the columns' numbers, counted from 1, under data.fields, or add a header."
                            .formatted(lines.place(), Excerpt.of(row.get(columns.text())), columns.text() + 1));
    }
}
