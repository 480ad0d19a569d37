package dev.isogloss.trainer.task;

import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Sentences that come split into words, as an encoder reads them.
final class SplitWords {
    private SplitWords() {}

    /// The sub-words of each word, the first `most` of them.
    static List<int[]> pieces(List<String> words, Tokenizer tokenizer, int most) {
        return tokenizer.pieces(words).stream()
                .map(word -> word.length > most ? Arrays.copyOf(word, most) : word)
                .toList();
    }

    /// Words side by side between the tokenizer's special tokens.
    static Encoding encoded(List<int[]> pieces, Tokenizer tokenizer) {
        int[] ids = pieces.stream().flatMapToInt(Arrays::stream).toArray();
        int[] words = IntStream.range(0, pieces.size())
                .flatMap(word -> IntStream.generate(() -> word).limit(pieces.get(word).length))
                .toArray();
        return tokenizer.wrap(ids, words);
    }

    /// The position of each word's first sub-word.
    static int[] starts(Encoding encoding) {
        return IntStream.range(0, encoding.length())
                .filter(at -> startsWord(encoding, at))
                .toArray();
    }

    private static boolean startsWord(Encoding encoding, int at) {
        int word = encoding.wordIds()[at];
        return word >= 0 && (at == 0 || encoding.wordIds()[at - 1] != word);
    }
}
