package dev.isogloss.trainer.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text or a pair as an encoder reads it, and the place of each of its pieces.
///
/// @param pieces in the text's order, without special tokens, without pieces of white space alone
public record LocatedText(Encoding encoding, List<Piece> pieces) {

    public LocatedText {
        pieces = List.copyOf(pieces);
    }

    /// A piece of a text.
    ///
    /// @param token its place in the encoding
    /// @param half  0, or 1 in the second text of a pair
    /// @param from  its first character in that text, white space left out
    /// @param to    the one behind its last
    public record Piece(int token, int half, int from, int to) {}

    /// @param spans     of each token, in code points of its text; null for special tokens
    /// @param halves    the texts
    /// @param tokenizer that cut them
    static LocatedText of(Encoding encoding, @Nullable CharSpan[] spans, List<String> halves, Tokenizer tokenizer) {
        List<Piece> pieces = new ArrayList<>();
        boolean second = false;
        int last = 0;
        for (int token = 0; token < encoding.length(); token++) {
            CharSpan span = token < spans.length ? spans[token] : null;
            // the second text begins behind a special token, or, where a tokenizer puts none, with its own start
            second |= span == null ? token >= tokenizer.specialsBefore() : span.getStart() < last;
            if (span == null) continue;
            last = span.getStart();
            int half = second ? halves.size() - 1 : 0;
            Piece piece = trimmed(token, half, span, halves.get(half));
            // a mark alone is said to stand at the first letter, which another piece is
            boolean mark = tokenizer.text(encoding.ids()[token]).isBlank();
            if (piece != null && !mark) pieces.add(piece);
        }
        return new LocatedText(encoding, pieces);
    }

    private static @Nullable Piece trimmed(int token, int half, CharSpan span, String text) {
        int from = text.offsetByCodePoints(0, span.getStart());
        int to = text.offsetByCodePoints(from, span.getEnd() - span.getStart());
        while (from < to && Character.isWhitespace(text.charAt(from))) from++;
        while (from < to && Character.isWhitespace(text.charAt(to - 1))) to--;
        return from == to ? null : new Piece(token, half, from, to);
    }
}
