package dev.isogloss.trainer.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The pieces that training starts from: every letter, and of the longer strings that occur at least twice those that
/// cover most text (frequency × length), as SentencePiece picks them from a suffix array.
///
/// Strings are counted length by length instead. One of length n is known by the numbers of its first and its last n
/// - 1 letters, so a hash table of pairs of numbers counts it; a string that always goes on with the same letter is
/// dropped in favour of the longer one.
final class Seeds {
    private static final int LONGEST = 16;
    private static final int INDEX_BITS = 26;

    private final WeightedWords words;
    private final int[] current; // number of the string of the present length that starts at each letter, or -1
    private long[] scores = new long[1 << 16];
    private int[] places = new int[1 << 16];
    private byte[] lengths = new byte[1 << 16];
    private int found;

    private Seeds(WeightedWords words) {
        this.words = words;
        this.current = words.letters().clone();
    }

    /// Letters first, in their order; then strings, the best first.
    ///
    /// @param limit how many strings of two letters and more at most
    static List<int[]> of(WeightedWords words, int limit) {
        Seeds seeds = new Seeds(words);
        long[] counts = seeds.lettersCounted();
        List<int[]> pieces = new ArrayList<>();
        for (int letter = 0; letter < counts.length; letter++) pieces.add(new int[] {letter});
        for (int length = 2; length <= LONGEST && counts.length > 0; length++) counts = seeds.next(length, counts);
        pieces.addAll(seeds.best(limit));
        return pieces;
    }

    private long[] lettersCounted() {
        long[] counts = new long[words.alphabet().length];
        for (int w = 0; w < words.size(); w++)
            for (int i = words.starts()[w]; i < words.starts()[w + 1] - 1; i++)
                counts[words.letters()[i]] += words.weights()[w];
        return counts;
    }

    /// Counts strings of `length` letters from those one shorter, and keeps the shorter ones that go on in several
    /// ways.
    private long[] next(int length, long[] shorter) {
        LongIds ids = new LongIds(shorter.length);
        long[] counts = new long[Math.max(16, shorter.length)];
        int[] first = new int[counts.length];
        int[] parent = new int[counts.length];
        for (int w = 0; w < words.size(); w++) {
            int end = words.starts()[w + 1] - 1;
            for (int i = words.starts()[w]; i < end; i++) {
                int left = current[i];
                int right = i + 1 < end ? current[i + 1] : -1;
                current[i] = -1;
                if (left < 0 || right < 0) continue;
                int id = ids.add((long) left << 32 | right);
                if (id == counts.length) {
                    counts = Arrays.copyOf(counts, 2 * id);
                    first = Arrays.copyOf(first, 2 * id);
                    parent = Arrays.copyOf(parent, 2 * id);
                }
                if (counts[id] == 0) {
                    first[id] = i;
                    parent[id] = left;
                }
                counts[id] += words.weights()[w];
                current[i] = id;
            }
        }
        boolean[] goesOnOneWay = new boolean[shorter.length];
        for (int id = 0; id < ids.size(); id++) if (counts[id] == shorter[parent[id]]) goesOnOneWay[parent[id]] = true;
        if (length > 2) keep(length - 1, shorter, goesOnOneWay);
        starts = Arrays.copyOf(first, ids.size());
        counts = Arrays.copyOf(counts, ids.size());
        for (int i = 0; i < current.length; i++) if (current[i] >= 0 && counts[current[i]] < 2) current[i] = -1;
        if (length == LONGEST) keep(length, counts, new boolean[counts.length]);
        return counts;
    }

    private int[] starts = new int[0];

    private void keep(int length, long[] counts, boolean[] dropped) {
        for (int id = 0; id < counts.length; id++) {
            if (counts[id] < 2 || dropped[id]) continue;
            if (found == scores.length) {
                scores = Arrays.copyOf(scores, 2 * found);
                places = Arrays.copyOf(places, 2 * found);
                lengths = Arrays.copyOf(lengths, 2 * found);
            }
            scores[found] = counts[id] * length;
            places[found] = starts[id];
            lengths[found++] = (byte) length;
        }
    }

    private List<int[]> best(int limit) {
        long most = (1L << 63 - INDEX_BITS) - 1;
        long[] order = new long[found];
        for (int i = 0; i < found; i++) order[i] = Math.min(scores[i], most) << INDEX_BITS | (1 << INDEX_BITS) - 1 - i;
        Arrays.parallelSort(order);
        List<int[]> best = new ArrayList<>();
        for (int rank = found - 1; rank >= Math.max(0, found - limit); rank--) {
            int i = (1 << INDEX_BITS) - 1 - (int) (order[rank] & (1 << INDEX_BITS) - 1);
            best.add(Arrays.copyOfRange(words.letters(), places[i], places[i] + lengths[i]));
        }
        return best;
    }
}
