package dev.isogloss.report;

/// Columns that text takes on a terminal.
public final class DisplayWidth {

    private DisplayWidth() {}

    public static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    /// The longest beginning of `text` that fits into `columns`, marked by `ellipsis` where something is missing.
    public static String fit(String text, int columns, String ellipsis) {
        if (of(text) <= columns) return text;
        StringBuilder kept = new StringBuilder();
        int left = columns - of(ellipsis);
        for (int c : text.codePoints().toArray()) {
            left -= of(c);
            if (left < 0) break;
            kept.appendCodePoint(c);
        }
        return columns >= of(ellipsis) ? kept + ellipsis : "";
    }

    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT)
            return 0;
        return isWide(codePoint) ? 2 : 1;
    }

    /// East Asian wide and full-width characters and emoji, by block.
    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115F
                        || (c >= 0x2E80 && c <= 0xA4CF)
                        || (c >= 0xAC00 && c <= 0xD7A3)
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0xFE30 && c <= 0xFE6F)
                        || (c >= 0xFF00 && c <= 0xFF60)
                        || (c >= 0xFFE0 && c <= 0xFFE6)
                        || (c >= 0x1F300 && c <= 0x1FAFF)
                        || (c >= 0x20000 && c <= 0x3FFFD));
    }
}
