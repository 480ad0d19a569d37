package dev.isogloss.trainer.tokenizer;

import dev.isogloss.trainer.tokenizer.WordCounts.Word;
import java.util.Arrays;
import java.util.List;

/// The words of a corpus in one flat array of letters, each followed by [#END].
///
/// @param letters  letters numbered from 0 in code-point order of `alphabet`, and [#END] after each word
/// @param starts   where each word begins; the last entry is where a next one would
/// @param weights  how often each word occurs
/// @param alphabet the code point of each letter
@SuppressWarnings("ArrayRecordComponent") // millions of letters; two of these are never compared
record WeightedWords(int[] letters, int[] starts, long[] weights, int[] alphabet) {
    static final int END = -1;
    /// Longer runs are cut here: probabilities of 40 letters multiply without leaving the range of a double, and
    /// scripts without spaces make words of any length.
    static final int LONGEST = 40;
    /// Rarer words beyond this many letters are left out: they change the vocabulary no more, only the time it takes.
    private static final int LETTERS = 12_000_000;

    /// @param words the most frequent first
    static WeightedWords of(List<Word> words, List<Integer> alphabet) {
        int[] number = new int[Character.MAX_CODE_POINT + 1];
        Arrays.fill(number, END);
        for (int i = 0; i < alphabet.size(); i++) number[alphabet.get(i)] = i;
        int[] letters = new int[1 << 16];
        int[] starts = new int[1 << 12];
        long[] weights = new long[1 << 12];
        int at = 0;
        int count = 0;
        for (Word word : words) {
            int length = 0;
            int[] points = word.text().codePoints().toArray();
            if (at + 2 * points.length + 2 > LETTERS && at > 0) break;
            for (int i = 0; i <= points.length; i++) {
                int letter = i < points.length ? number[points[i]] : END;
                if (at + 2 >= letters.length) letters = Arrays.copyOf(letters, 2 * letters.length);
                if (letter != END) {
                    letters[at++] = letter;
                    length++;
                }
                if (length > 0 && (letter == END || length == LONGEST)) {
                    if (count + 2 >= starts.length) {
                        starts = Arrays.copyOf(starts, 2 * starts.length);
                        weights = Arrays.copyOf(weights, 2 * weights.length);
                    }
                    starts[count] = at - length;
                    weights[count++] = word.count();
                    letters[at++] = END;
                    length = 0;
                }
            }
        }
        starts[count] = at;
        return new WeightedWords(
                Arrays.copyOf(letters, at),
                Arrays.copyOf(starts, count + 1),
                Arrays.copyOf(weights, count),
                alphabet.stream().mapToInt(Integer::intValue).toArray());
    }

    int size() {
        return weights.length;
    }

    /// The letters of a piece as text.
    String text(int[] piece) {
        StringBuilder text = new StringBuilder();
        for (int letter : piece) text.appendCodePoint(alphabet[letter]);
        return text.toString();
    }
}
