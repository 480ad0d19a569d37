package dev.isogloss.trainer.analysis;

import dev.isogloss.trainer.analysis.TokenMeans.Stretch;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.data.UnspacedScript;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.LocatedText;
import dev.isogloss.trainer.tokenizer.LocatedText.Piece;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/// A word of an example as an encoder reads it.
///
/// @param number  of the word in its example, counted from 0; in a pair the second text counts on
/// @param text    as it is written
/// @param stretch its tokens
public record ReadWord(int number, String text, Stretch stretch) {

    /// All words of an example that the encoder has room for. Words of texts stand between blanks, as those that a
    /// dictionary replaces; in scripts without spaces a piece of the tokenizer is one.
    public static List<ReadWord> of(Example example, Tokenizer tokenizer) {
        return switch (example) {
            case TextExample text -> ofText(text, tokenizer);
            case TaggedExample sentence -> ofWords(sentence.words(), tokenizer);
            case ParsedExample tree -> ofWords(tree.words(), tokenizer);
        };
    }

    /// A whole example.
    public static Encoding encoded(Example example, Tokenizer tokenizer) {
        return switch (example) {
            case TextExample text ->
                tokenizer.locate(text.text(), text.second()).encoding();
            case TaggedExample sentence -> tokenizer.encodeWords(sentence.words());
            case ParsedExample tree -> tokenizer.encodeWords(tree.words());
        };
    }

    /// The words of a sentence that comes split.
    public static List<ReadWord> ofWords(List<String> words, Tokenizer tokenizer) {
        Encoding encoding = tokenizer.encodeWords(words);
        List<ReadWord> read = new ArrayList<>();
        int[] owners = encoding.wordIds();
        for (int from = 0; from < owners.length; from++) {
            if (owners[from] < 0) continue;
            int to = from + 1;
            while (to < owners.length && owners[to] == owners[from]) to++;
            read.add(new ReadWord(owners[from], words.get(owners[from]), new Stretch(encoding, from, to)));
            from = to - 1;
        }
        return read;
    }

    private static List<ReadWord> ofText(TextExample example, Tokenizer tokenizer) {
        LocatedText located = tokenizer.locate(example.text(), example.second());
        List<String> halves =
                example.second() == null ? List.of(example.text()) : List.of(example.text(), example.second());
        List<ReadWord> read = new ArrayList<>();
        int before = 0;
        for (int half = 0; half < halves.size(); half++) {
            int which = half;
            List<Piece> pieces = located.pieces().stream()
                    .filter(piece -> piece.half() == which)
                    .toList();
            read.addAll(words(halves.get(half), pieces, before, located.encoding()));
            before += UnspacedScript.isOf(halves.get(half))
                    ? pieces.size()
                    : halves.get(half).split(" ", -1).length;
        }
        return read;
    }

    private static List<ReadWord> words(String text, List<Piece> pieces, int before, Encoding encoding) {
        boolean unspaced = UnspacedScript.isOf(text);
        String[] written = text.split(" ", -1);
        List<ReadWord> words = new ArrayList<>();
        for (int i = 0; i < pieces.size(); ) {
            Piece first = pieces.get(i);
            int number = unspaced ? i : blanks(text, first.from());
            int end = i + 1;
            while (!unspaced
                    && end < pieces.size()
                    && blanks(text, pieces.get(end).from()) == number) end++;
            Piece last = pieces.get(end - 1);
            words.add(new ReadWord(
                    before + number,
                    unspaced ? text.substring(first.from(), last.to()) : written[number],
                    new Stretch(encoding, first.token(), last.token() + 1)));
            i = end;
        }
        return words;
    }

    private static int blanks(String text, int to) {
        return (int) text.chars().limit(to).filter(letter -> letter == ' ').count();
    }
}
