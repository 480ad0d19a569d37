package dev.isogloss.trainer.data.toy;

import dev.isogloss.trainer.random.SeededRandom;
import java.util.List;

/// The sounds of a language and how syllables are made of them.
///
/// @param onsets what a syllable may begin with
/// @param codas  what it may end in, "" as often as it is listed
record Phonology(List<String> onsets, List<String> vowels, List<String> codas) {

    /// The sounds of the family's common ancestor.
    static final Phonology ANCESTOR = new Phonology(
            List.of("p", "t", "k", "b", "d", "g", "m", "n", "s", "l", "r", "w", "pr", "tr", "kr", "st", "kl"),
            List.of("a", "e", "i", "o", "u"),
            List.of("", "", "", "n", "s", "l", "r", "k"));

    /// Sounds of a language's own words: some of the family's, some of this language alone.
    static Phonology ofLanguage(SeededRandom random) {
        List<String> strange = List.of("v", "z", "f", "h", "j", "sh", "ch", "zh", "th", "gl", "vr", "fl", "ny", "dz");
        List<String> onsets = new java.util.ArrayList<>(ANCESTOR.onsets().subList(0, 11));
        for (int i = 0; i < 6; i++) onsets.add(random.from(strange));
        List<String> vowels = new java.util.ArrayList<>(ANCESTOR.vowels());
        vowels.add(random.from(List.of("y", "ai", "ou", "ei", "ia", "oa")));
        return new Phonology(onsets, vowels, List.of("", "", random.from(List.of("m", "t", "sh", "rd")), "n", "th"));
    }

    /// A word of some syllables.
    String word(SeededRandom random, int syllables) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            word.append(random.from(onsets)).append(random.from(vowels));
            if (i == syllables - 1 || random.chance(0.25)) word.append(random.from(codas));
        }
        return word.toString();
    }
}
