package dev.isogloss.trainer.tokenizer;

import dev.isogloss.trainer.tokenizer.NativeTokenizer.Read;
import java.util.stream.IntStream;

/// The pieces of a text or a pair that stay where there is room for fewer: special tokens all, of a single text its
/// beginning, of a pair the beginnings of both, the longer giving first. That is `LongestFirst` of Hugging Face's
/// `tokenizers` (`utils/truncation.rs`), which is set once for an opened file; so one file serves every length.
final class Truncation {
    private Truncation() {}

    /// @param length of what was read, more than `maxLength`
    /// @return indices that stay, ascending
    static int[] kept(Read read, int length, int maxLength) {
        long[] special = read.special();
        long[] halves = read.halves();
        int[] pieces = new int[2];
        for (int i = 0; i < length; i++) if (special[i] == 0) pieces[half(halves[i])]++;
        int[] left = lengths(pieces[0], pieces[1], Math.max(0, maxLength - (length - pieces[0] - pieces[1])));
        return IntStream.range(0, length)
                .filter(i -> special[i] == 1 || left[half(halves[i])]-- > 0)
                .toArray();
    }

    private static int half(long sequence) {
        return sequence == 1 ? 1 : 0;
    }

    /// How much of two texts stays.
    static int[] lengths(int first, int second, int room) {
        if (first + second <= room) return new int[] {first, second};
        int shorter = Math.min(first, second);
        int longer = Math.max(shorter, room - shorter);
        if (shorter + longer > room) {
            shorter = room / 2;
            longer = room - shorter;
        }
        return first > second ? new int[] {longer, shorter} : new int[] {shorter, longer};
    }
}
