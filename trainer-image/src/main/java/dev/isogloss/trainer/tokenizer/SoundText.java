package dev.isogloss.trainer.tokenizer;

/// Text without halves of surrogate pairs: they are no characters, and survive neither a file nor the way to the native
/// tokenizer.
final class SoundText {
    private SoundText() {}

    static String of(String text) {
        int i = 0;
        while (i < text.length() && !Character.isSurrogate(text.charAt(i))) i++;
        if (i == text.length()) return text;
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints().forEach(c -> mended.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return mended.toString();
    }
}
