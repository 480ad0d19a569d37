package dev.isogloss.trainer.step.measure;

import dev.isogloss.trainer.analysis.ReadWord;
import dev.isogloss.trainer.analysis.TokenMeans.Stretch;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.TextExample;
import org.jspecify.annotations.Nullable;

/// A word or a text that becomes a point.
///
/// @param group   a language; or word, neighbour, text or copy
/// @param example the example's number in its split, counted from 1
/// @param number  the word's in its example, or the pair's among all; 0 for a whole text
/// @param label   of a whole text, where it is known
record Spot(
        String group,
        int example,
        int number,
        String text,
        @Nullable String label,
        Stretch stretch) {

    static Spot of(String group, int example, ReadWord word) {
        return new Spot(group, example, word.number() + 1, word.text(), null, word.stretch());
    }

    static Spot of(String group, int number, Example example, Stretch whole) {
        String label = example instanceof TextExample text ? text.label() : null;
        return new Spot(group, number, 0, example.wholeText(), label, whole);
    }

    /// True for the two halves of a pair: what stands at the same place in two groups.
    boolean isBeside(Spot other) {
        return example == other.example && number == other.number && !group.equals(other.group);
    }
}
