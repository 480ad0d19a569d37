package dev.isogloss.report;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lines of CSV as RFC 4180 has them, but for the line's end, which is that of Unix.
public final class Csv {
    private Csv() {}

    /// @param cells null for one that is empty; decimals are in full
    public static String line(@Nullable Object... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\n"));
    }

    private static String cell(@Nullable Object value) {
        String text = Objects.toString(value, "");
        boolean quoted =
                text.chars().anyMatch(letter -> letter == ',' || letter == '"' || letter == '\n' || letter == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
