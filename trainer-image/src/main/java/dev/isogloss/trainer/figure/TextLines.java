package dev.isogloss.trainer.figure;

import dev.isogloss.report.DisplayWidth;
import java.util.ArrayList;
import java.util.List;

/// A text as lines of a bounded width. It is broken at blanks; a word that is longer than a line has one of its own.
final class TextLines {
    private TextLines() {}

    /// @param width in letters of usual width
    static List<String> of(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && DisplayWidth.of(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
