package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/// Comma-separated values (RFC 4180), where a quoted value may run over several lines.
final class CommaSeparated {
    private CommaSeparated() {}

    /// The row that begins with a line.
    ///
    /// @throws InvalidInput if a quotation mark is not closed, or closes on a later line in the middle of a
    /// value: then a stray one has swallowed the lines between
    static List<String> row(String first, Lines lines) {
        long start = lines.number();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean overLines = false;
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
                overLines = true;
                if (cell.length() + line.length() > Lines.LONGEST)
                    throw new InvalidInput(
                            "%s, line %d opens a quotation mark that nothing closes within %,d characters. Close it, or write a mark inside a text twice."
                                    .formatted(lines.path(), start, Lines.LONGEST));
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
                } else {
                    quoted = false;
                    if (overLines && i < line.length() && line.charAt(i) != ',')
                        throw new InvalidInput(
                                "%s, line %d opens a quotation mark that closes in the middle of a value on line %d: write a mark inside a text twice, and quote the text."
                                        .formatted(lines.path(), start, lines.number()));
                    overLines = false;
                }
            } else if (c == '"' && cell.isEmpty()) quoted = true;
            else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else cell.append(c);
        }
    }
}
