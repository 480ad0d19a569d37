package dev.isogloss.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Product reviews with one to five stars: the corpus's JSON lines (`stars`, `review_body`, `language` ...) or the
/// comma-separated `index,text,stars` that UniPrompt passes around. The label is the number of stars.
final class MarcFormat implements DataFormatReader {
    private final @Nullable Fields fields;
    private final String language;

    MarcFormat(@Nullable Fields fields, String language) {
        this.fields = fields;
        this.language = language;
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        String line = lines.next();
        if (line == null) return;
        if (line.stripLeading().startsWith("{")) readJson(line, lines, rows);
        else readTable(line, lines, rows);
    }

    private void readJson(String first, Lines lines, ExampleSink rows) {
        for (String line = first; line != null; line = lines.next()) {
            if (line.isBlank()) continue;
            JsonNode review = JsonLinesFormat.object(line, lines);
            JsonNode its = review.get("language");
            if (its != null && !its.asText().equals(language)) continue;
            JsonNode id = review.get("review_id");
            JsonNode stars = review.get(choose(fields == null ? null : fields.label(), "stars", review));
            add(
                    id == null ? Long.toString(lines.number()) : id.asText(),
                    JsonLinesFormat.field(
                                    review, choose(fields == null ? null : fields.text(), "review_body", review), lines)
                            .asText(),
                    stars == null || stars.isNull() ? null : stars.asText(),
                    lines.number(),
                    lines,
                    rows);
        }
    }

    /// The corpus's own name wherever it is there: `fields` speaks of reviews whose fields were renamed.
    private static String choose(@Nullable String wanted, String usual, JsonNode review) {
        return wanted == null || review.has(usual) && !review.has(wanted) ? usual : wanted;
    }

    private void readTable(String first, Lines lines, ExampleSink rows) {
        int id = 0;
        int text = 1;
        int stars = 2;
        boolean header = true;
        for (String line = first; line != null; line = lines.next()) {
            long start = lines.number();
            if (line.isBlank()) continue;
            List<String> row = row(line, lines);
            if (header) {
                header = false;
                if (row.contains("text")) {
                    id = row.indexOf("index");
                    text = row.indexOf("text");
                    stars = Math.max(row.indexOf("stars"), row.indexOf("label"));
                    continue;
                }
            }
            if (row.size() <= Math.max(text, stars))
                throw new InvalidInput("%s, line %d has %d columns between commas; index,text,stars are needed."
                        .formatted(lines.path(), start, row.size()));
            add(
                    id < 0 ? Long.toString(start) : row.get(id),
                    row.get(text),
                    stars < 0 ? null : row.get(stars).strip(),
                    start,
                    lines,
                    rows);
        }
    }

    private static void add(String id, String text, @Nullable String stars, long line, Lines lines, ExampleSink rows) {
        if (stars != null && !(stars.length() == 1 && stars.charAt(0) >= '0' && stars.charAt(0) <= '5'))
            throw new InvalidInput("%s, line %d: \"%s\" is no number of stars; it lies between 1 and 5."
                    .formatted(lines.path(), line, Excerpt.of(stars)));
        if (text.isBlank()) rows.remark("empty text", line);
        rows.add(new TextExample(id, text, null, stars), line);
    }

    /// One row of comma-separated values (RFC 4180); a quoted value may run over several lines.
    private static List<String> row(String first, Lines lines) {
        long start = lines.number();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        String line = first;
        int i = 0;
        while (true) {
            if (i == line.length()) {
                if (!quoted) {
                    cells.add(cell.toString());
                    return cells;
                }
                line = lines.next();
                if (line == null)
                    throw new InvalidInput(
                            "%s, line %d opens a quotation mark that nothing closes.".formatted(lines.path(), start));
                cell.append('\n');
                i = 0;
                continue;
            }
            char c = line.charAt(i++);
            if (quoted) {
                if (c != '"') cell.append(c);
                else if (i < line.length() && line.charAt(i) == '"') {
                    cell.append('"');
                    i++;
                } else quoted = false;
            } else if (c == '"' && cell.isEmpty()) quoted = true;
            else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else cell.append(c);
        }
    }
}
