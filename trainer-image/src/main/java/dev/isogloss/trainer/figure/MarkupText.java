package dev.isogloss.trainer.figure;

/// Text within XML and HTML, in elements and attributes.
public final class MarkupText {
    private MarkupText() {}

    /// Characters that XML has no place for are left out.
    public static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> {
                    boolean known = (letter >= 0x20 || letter == '\n' || letter == '\t')
                            && !(letter >= 0xd800 && letter <= 0xdfff)
                            && (letter & 0xfffe) != 0xfffe;
                    if (known) safe.appendCodePoint(letter);
                }
            }
        });
        return safe.toString();
    }
}
