package dev.isogloss.trainer.metric;

import java.util.List;

/// Scores over single words: parts of speech, and how many entity tags are right.
public final class Tokens {
    private Tokens() {}

    /// The share of words whose predicted tag is the gold one; 0 without words.
    ///
    /// @throws IllegalArgumentException if a sentence has more or fewer predicted tags than gold ones
    public static double accuracy(List<List<String>> gold, List<List<String>> predicted) {
        Agreement all = agreement(gold, predicted);
        return all.recall();
    }

    /// The number of words, and of those that are right.
    public static Agreement agreement(List<List<String>> gold, List<List<String>> predicted) {
        if (gold.size() != predicted.size())
            throw new IllegalArgumentException(gold.size() + " gold sentences, " + predicted.size() + " predicted");
        long right = 0;
        long words = 0;
        for (int i = 0; i < gold.size(); i++) {
            List<String> tags = gold.get(i);
            List<String> guess = predicted.get(i);
            if (tags.size() != guess.size())
                throw new IllegalArgumentException(
                        "sentence %d has %d gold tags and %d predicted".formatted(i, tags.size(), guess.size()));
            words += tags.size();
            for (int j = 0; j < tags.size(); j++) if (tags.get(j).equals(guess.get(j))) right++;
        }
        return new Agreement(right, words, words);
    }
}
