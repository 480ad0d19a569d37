package dev.isogloss.trainer.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts of the words of a corpus.
final class WordCounts {
    private static final class Count {
        long value;
    }

    /// A word and how often it occurs.
    record Word(String text, long count) {}

    private final Map<String, Count> counts = new HashMap<>();

    void add(String word) {
        counts.computeIfAbsent(word, key -> new Count()).value++;
    }

    /// The most frequent first, equally frequent ones by their characters: an order that hashing has no say in.
    List<Word> sorted() {
        List<Word> words = new ArrayList<>(counts.size());
        counts.forEach((text, count) -> words.add(new Word(text, count.value)));
        words.sort(Comparator.comparingLong(Word::count).reversed().thenComparing(Word::text));
        return words;
    }

    /// The characters of some words: all, or the most frequent ones if there are more than `limit`. In code-point
    /// order.
    static List<Integer> alphabet(List<Word> words, int limit) {
        Map<Integer, Count> characters = new HashMap<>();
        for (Word word : words)
            word.text()
                    .codePoints()
                    .forEach(c -> characters.computeIfAbsent(c, key -> new Count()).value += word.count());
        return characters.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Integer, Count> e) -> e.getValue().value)
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .limit(limit)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
