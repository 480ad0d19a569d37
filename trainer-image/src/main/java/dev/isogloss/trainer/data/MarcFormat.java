package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Fields;
import dev.isogloss.manifest.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Product reviews with one to five stars: the corpus's JSON lines (`stars`, `review_body`, `language` ...) or the
/// comma-separated `index,text,stars` that UniPrompt passes around. The label is the number of stars.
final class MarcFormat implements DataFormatReader {
    private static final Pattern STARS = Pattern.compile("([1-5])(\\.0+)?");

    private final @Nullable Fields fields;
    private final String language;

    MarcFormat(@Nullable Fields fields, String language) {
        this.fields = fields;
        this.language = language;
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        String line = lines.next();
        while (line != null && line.isBlank()) line = lines.next();
        if (line == null) return;
        String begin = line.stripLeading();
        if (begin.startsWith("{") || begin.startsWith("[")) readJson(line, lines, rows);
        else readTable(line, lines, rows);
    }

    private void readJson(String first, Lines lines, ExampleSink rows) {
        Set<String> others = new TreeSet<>();
        for (String line = first; line != null; line = lines.next()) {
            if (line.isBlank()) continue;
            JsonRow review = JsonRow.of(line, lines, JsonRow.NAMED);
            String its = review.stringOrNull("language");
            if (its != null && !its.equals(language)) {
                others.add(its);
                continue;
            }
            String text = review.textOrNull(choose(fields == null ? null : fields.text(), "review_body", review));
            String stars = choose(fields == null ? null : fields.label(), "stars", review);
            if (!review.has(stars) && review.names().stream().anyMatch(name -> isNearly(name, stars)))
                throw review.missing(stars);
            add(review.id("review_id"), text == null ? "" : text, review.label(stars), lines.number(), lines, rows);
        }
        if (rows.foundNone() && !others.isEmpty())
            throw new InvalidInput("%s has no reviews of language \"%s\"; its languages are %s."
                    .formatted(lines.path(), language, Excerpt.list(others)));
    }

    private static boolean isNearly(String name, String wanted) {
        return ColumnNames.isOfLabels(name)
                || Suggestion.within(1, wanted, List.of(name)).isPresent();
    }

    /// The corpus's own name wherever it is there: `fields` speaks of reviews whose fields were renamed.
    private static String choose(@Nullable String wanted, String usual, JsonRow review) {
        return wanted == null || review.has(usual) && !review.has(wanted) ? usual : wanted;
    }

    /// Columns of the table, from 0; -1 where there is no such column.
    private record Columns(boolean header, int id, int text, int stars, int width) {
        static Columns of(List<String> first, Lines lines) {
            boolean review = first.size() == 3 && STARS.matcher(first.get(2)).matches();
            if (review || !first.contains("text")) {
                if (ColumnNames.allOfTexts(first))
                    throw new InvalidInput(
                            "%s looks like a header %s, and the columns of reviews are index, text and stars. Rename them, or remove the line."
                                    .formatted(lines.place(), Excerpt.list(first)));
                if (first.size() != 3)
                    throw new InvalidInput("%s has %d columns between commas; index,text,stars are needed."
                            .formatted(lines.place(), first.size()));
                return new Columns(false, 0, 1, 2, 3);
            }
            int stars = Math.max(first.indexOf("stars"), first.indexOf("label"));
            if (stars < 0 && first.stream().anyMatch(name -> isNearly(name, "stars")))
                throw new InvalidInput(
                        "%s names no column \"stars\". The columns are %s. Rename the right one in the file."
                                .formatted(lines.place(), Excerpt.list(first)));
            return new Columns(true, first.indexOf("index"), first.indexOf("text"), stars, first.size());
        }
    }

    private static void readTable(String first, Lines lines, ExampleSink rows) {
        Columns columns = null;
        for (String line = first; line != null; line = lines.next()) {
            long start = lines.number();
            if (line.isBlank()) continue;
            List<String> row = CommaSeparated.row(line, lines);
            if (columns == null) {
                columns = Columns.of(row, lines);
                if (columns.header()) continue;
            }
            if (row.size() != columns.width())
                throw new InvalidInput(
                        "%s, line %d has %d columns between commas, and the first line has %d; index,text,stars are needed. A text that holds a comma is written between quotation marks."
                                .formatted(lines.path(), start, row.size(), columns.width()));
            add(
                    columns.id() < 0 ? Long.toString(start) : row.get(columns.id()),
                    row.get(columns.text()),
                    columns.stars() < 0 ? null : row.get(columns.stars()),
                    start,
                    lines,
                    rows);
        }
    }

    private static void add(
            String id, String text, @Nullable String written, long line, Lines lines, ExampleSink rows) {
        String stars = rows.label(written, line);
        if (stars != null) {
            Matcher number = STARS.matcher(stars);
            if (!number.matches())
                throw new InvalidInput("%s, line %d: \"%s\" is no number of stars; it lies between 1 and 5."
                        .formatted(lines.path(), line, Excerpt.of(stars)));
            if (number.group(2) != null) rows.remark("number of stars written with a decimal point", line);
            stars = number.group(1);
        }
        if (text.isBlank()) rows.remark("empty text", line);
        rows.add(new TextExample(id, text, null, stars), line);
    }
}
