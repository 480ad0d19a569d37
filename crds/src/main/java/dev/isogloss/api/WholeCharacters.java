package dev.isogloss.api;

/// Whole characters of a text. Half of one that takes two (a lone surrogate, as a text cut at a number of UTF-16 units
/// ends) can be written in JSON and YAML by its number, but no file of UTF-8 can hold it.
public final class WholeCharacters {
    private static final int REPLACEMENT = 0xFFFD;

    private WholeCharacters() {}

    /// True if no character is halved.
    public static boolean areAllOf(String text) {
        for (int i = 0; i < text.length(); i++)
            if (Character.isSurrogate(text.charAt(i))) return text.codePoints().noneMatch(WholeCharacters::isHalf);
        return true;
    }

    /// The text with U+FFFD for each half.
    public static String of(String text) {
        if (areAllOf(text)) return text;
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints().forEach(c -> mended.appendCodePoint(isHalf(c) ? REPLACEMENT : c));
        return mended.toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
