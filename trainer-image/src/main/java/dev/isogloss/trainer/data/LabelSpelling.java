package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The spelling of labels, one rule for all formats: white space around a label is no part of it, and two labels that
/// look alike are one label, written in two ways.
final class LabelSpelling {
    private static final Pattern WHOLE = Pattern.compile("(-?\\d+)\\.0+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    /// Characters that leave no mark on paper: soft hyphen, zero-width space, marks of direction, byte-order mark.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]");

    private LabelSpelling() {}

    /// The label without white space around it, that of any script included.
    static String trimmed(String written) {
        int from = 0;
        int to = written.length();
        if (to > 0 && !isSpace(written.charAt(0)) && !isSpace(written.charAt(to - 1))) return written;
        while (from < to && isSpace(written.charAt(from))) from++;
        while (from < to && isSpace(written.charAt(to - 1))) to--;
        return written.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return (c <= ' ' || c > '~') && (Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /// What two labels have in common that look alike: `1` and `1.0`, composed letters and decomposed ones, labels with
    /// and without invisible characters.
    static String looks(String label) {
        String plain =
                UNSEEN.matcher(Normalizer.normalize(label, Normalizer.Form.NFC)).replaceAll("");
        String spaced = trimmed(SPACES.matcher(plain).replaceAll(" "));
        return WHOLE.matcher(spaced).replaceFirst("$1");
    }

    /// The label for a message; with its code points where letters do not tell what it is.
    static String shown(String label) {
        if (label.chars().allMatch(c -> c > ' ' && c <= '~')) return "\"" + Excerpt.of(label) + "\"";
        return "\"%s\" (%s)"
                .formatted(
                        Excerpt.of(label),
                        label.codePoints()
                                .limit(24)
                                .mapToObj("U+%04X"::formatted)
                                .collect(Collectors.joining(" ")));
    }
}
