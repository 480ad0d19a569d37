package dev.isogloss.trainer.tokenizer;

import java.text.Normalizer;
import java.util.function.Consumer;

/// Text to words as BERT's normaliser and pre-tokeniser do it: control characters go, white space parts words,
/// punctuation and CJK characters stand alone. What is counted in training is then what is met in encoding.
final class BertWords {
    private final boolean lowercase;
    private final Consumer<String> word;
    private final StringBuilder open = new StringBuilder();

    /// @param lowercase whether letters lose case and accents, as in BERT's uncased models
    BertWords(boolean lowercase, Consumer<String> word) {
        this.lowercase = lowercase;
        this.word = word;
    }

    void read(String text) {
        String source = lowercase ? Normalizer.normalize(text, Normalizer.Form.NFD) : text;
        int step;
        for (int i = 0; i < source.length(); i += step) {
            int c = source.codePointAt(i);
            step = Character.charCount(c);
            if (isSpace(c)) finish();
            else if (isControl(c) || lowercase && Character.getType(c) == Character.NON_SPACING_MARK) continue;
            else if (isPunctuation(c) || isCjk(c)) {
                finish();
                word.accept(Character.toString(c));
            } else open.appendCodePoint(lowercase ? Character.toLowerCase(c) : c);
        }
        finish();
    }

    private void finish() {
        if (open.isEmpty()) return;
        word.accept(open.toString());
        open.setLength(0);
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
    }

    private static boolean isControl(int c) {
        if (c < 0x80) return c < 0x20 || c == 0x7f;
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> c == 0xFFFD;
        };
    }

    private static boolean isPunctuation(int c) {
        if (c < 0x80) return c > 32 && c < 48 || c > 57 && c < 65 || c > 90 && c < 97 || c > 122 && c < 127;
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /// The blocks of Chinese characters; kana and hangul are written in words and stay in them.
    private static boolean isCjk(int c) {
        return c >= 0x4E00 && c <= 0x9FFF
                || c >= 0x3400 && c <= 0x4DBF
                || c >= 0x20000 && c <= 0x2A6DF
                || c >= 0x2A700 && c <= 0x2CEAF
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0x2F800 && c <= 0x2FA1F;
    }
}
