package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import java.util.List;

/// The columns of a table of translations: a text, a tab and its translation a line. What stands in further columns (a
/// score, a source) is told and not read; all lines have as many.
final class PairColumns {
    private int width;

    /// @throws InvalidInput for a line of other columns than the first one's, and for a header
    TextPair pair(String line, String language, Lines lines, Remarks remarks) {
        String[] columns = line.split("\t", -1);
        if (columns.length < 2)
            throw new InvalidInput(
                    "%s has no tab; a text, a tab and its translation are needed.".formatted(lines.place()));
        if (width == 0) begin(columns, lines, remarks);
        if (columns.length != width)
            throw new InvalidInput(
                    "%s has %d columns between tabs, and the first line has %d: a tab inside a text shifts what stands behind it."
                            .formatted(lines.place(), columns.length, width));
        return new TextPair(language, columns[0], columns[1]);
    }

    private void begin(String[] columns, Lines lines, Remarks remarks) {
        width = columns.length;
        if (ColumnNames.allOfTexts(List.of(columns)))
            throw new InvalidInput("%s is a header %s, and a table of translations has none. Remove the line."
                    .formatted(lines.place(), Excerpt.list(List.of(columns))));
        if (width > 2)
            remarks.tell("the first two of %d columns are read, a text and its translation".formatted(width));
    }
}
