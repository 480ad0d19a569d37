package dev.isogloss.trainer.tokenizer;

import dev.isogloss.trainer.tokenizer.WordCounts.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// Byte-pair encoding over characters (Sennrich et al., ACL 2016, §3.2): the most frequent pair of neighbouring symbols
/// becomes a symbol, again and again. Symbols inside a word carry `##`, so merges never cross words.
final class Merges {
    static final String PREFIX = "##";
    /// A pair seen once teaches nothing but the word it stands in.
    private static final long MINIMUM = 2;

    private final List<String> symbols = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final int[][] words;
    private final long[] counts;
    private final Map<Long, Pair> pairs = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

    /// Two neighbours, how often they occur, and words they may occur in.
    private static final class Pair {
        long count;
        int[] where = new int[4];
        int size;

        void in(int word) {
            if (size > 0 && where[size - 1] == word) return;
            if (size == where.length) where = Arrays.copyOf(where, 2 * size);
            where[size++] = word;
        }
    }

    /// A pair with the count it had when it was queued. Equal counts go by symbol, oldest first.
    private record Candidate(long count, long pair) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return count != other.count ? Long.compare(other.count, count) : Long.compare(pair, other.pair);
        }
    }

    /// @param first    symbols that come before all others, in this order
    /// @param alphabet characters that may be symbols; words with others are left out
    Merges(List<String> first, List<Integer> alphabet, List<Word> corpus) {
        first.forEach(this::symbol);
        boolean[] known = new boolean[Character.MAX_CODE_POINT + 1];
        for (int c : alphabet) {
            known[c] = true;
            symbol(Character.toString(c));
        }
        List<Word> usable = corpus.stream()
                .filter(word -> word.text().codePoints().allMatch(c -> known[c]))
                .toList();
        words = new int[usable.size()][];
        counts = new long[usable.size()];
        for (int w = 0; w < words.length; w++) {
            int[] letters = usable.get(w).text().codePoints().toArray();
            counts[w] = usable.get(w).count();
            words[w] = new int[letters.length];
            for (int i = 0; i < letters.length; i++)
                words[w][i] = symbol(i == 0 ? Character.toString(letters[i]) : PREFIX + Character.toString(letters[i]));
            for (int i = 0; i + 1 < letters.length; i++) change(words[w][i], words[w][i + 1], counts[w], w);
        }
        pairs.forEach((key, pair) -> queue.add(new Candidate(pair.count, key)));
    }

    /// Merges until there are `size` symbols or no pair occurs twice; gives the symbols in the order they came.
    List<String> until(int size) {
        while (symbols.size() < size) {
            Candidate best = queue.poll();
            if (best == null || best.count() < MINIMUM) break;
            Pair pair = pairs.get(best.pair());
            if (pair == null) continue;
            if (pair.count != best.count()) {
                queue.add(new Candidate(pair.count, best.pair()));
                continue;
            }
            merge(best.pair(), pair);
        }
        return symbols;
    }

    private void merge(long key, Pair pair) {
        int left = (int) (key >> 32);
        int right = (int) key;
        int merged = symbol(symbols.get(left) + symbols.get(right).substring(PREFIX.length()));
        pairs.remove(key);
        List<Long> grown = new ArrayList<>();
        for (int at = 0; at < pair.size; at++) mergeIn(pair.where[at], left, right, merged, grown);
        for (long pairKey : grown) {
            Pair added = pairs.get(pairKey);
            if (added != null) queue.add(new Candidate(added.count, pairKey));
        }
    }

    private void mergeIn(int w, int left, int right, int merged, List<Long> grown) {
        int[] word = words[w];
        long count = counts[w];
        int length = 0;
        for (int i = 0; i < word.length; i++) {
            if (i + 1 == word.length || word[i] != left || word[i + 1] != right) {
                word[length++] = word[i];
                continue;
            }
            if (length > 0) {
                change(word[length - 1], left, -count, w);
                if (change(word[length - 1], merged, count, w)) grown.add(key(word[length - 1], merged));
            }
            if (i + 2 < word.length) {
                change(right, word[i + 2], -count, w);
                if (change(merged, word[i + 2], count, w)) grown.add(key(merged, word[i + 2]));
            }
            word[length++] = merged;
            i++;
        }
        if (length < word.length) words[w] = Arrays.copyOf(word, length);
    }

    /// True if the pair is new.
    private boolean change(int left, int right, long by, int word) {
        long key = key(left, right);
        Pair pair = pairs.get(key);
        boolean added = pair == null;
        if (pair == null) {
            if (by < 0) return false; // the pair that is being merged, overlapping itself
            pair = new Pair();
            pairs.put(key, pair);
        }
        pair.count += by;
        if (by > 0) pair.in(word);
        return added;
    }

    private int symbol(String text) {
        return ids.computeIfAbsent(text, key -> {
            symbols.add(key);
            return symbols.size() - 1;
        });
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }
}
