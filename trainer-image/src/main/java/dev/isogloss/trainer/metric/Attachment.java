package dev.isogloss.trainer.metric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts of words that hang on the right head. A word's unit is its head's number and its relation, `3:nsubj`.
///
/// @param words    that count
/// @param attached of them on the right head
/// @param labelled of these with the right relation
public record Attachment(long words, long attached, long labelled) {

    /// @param counted one a word: whether it counts; null if all do
    /// @throws IllegalArgumentException if there are not as many of each
    public static Attachment of(List<String> gold, List<String> predicted, @Nullable List<Boolean> counted) {
        if (gold.size() != predicted.size() || counted != null && counted.size() != gold.size())
            throw new IllegalArgumentException("%d gold words, %d predicted, %s of which is known whether they count"
                    .formatted(gold.size(), predicted.size(), counted == null ? "all" : counted.size()));
        long words = 0;
        long attached = 0;
        long labelled = 0;
        for (int i = 0; i < gold.size(); i++) {
            if (counted != null && !counted.get(i)) continue;
            words++;
            if (!head(gold.get(i)).equals(head(predicted.get(i)))) continue;
            attached++;
            if (gold.get(i).equals(predicted.get(i))) labelled++;
        }
        return new Attachment(words, attached, labelled);
    }

    private static String head(String unit) {
        int colon = unit.indexOf(':');
        return colon < 0 ? unit : unit.substring(0, colon);
    }

    public Attachment plus(Attachment other) {
        return new Attachment(words + other.words, attached + other.attached, labelled + other.labelled);
    }

    /// The share of words on the right head (UAS), 0 to 1; 0 without words.
    public double unlabelledScore() {
        return words == 0 ? 0 : (double) attached / words;
    }

    /// The share of words on the right head with the right relation (LAS), 0 to 1; 0 without words.
    public double labelledScore() {
        return words == 0 ? 0 : (double) labelled / words;
    }
}
