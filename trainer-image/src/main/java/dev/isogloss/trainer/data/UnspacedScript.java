package dev.isogloss.trainer.data;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/// The scripts in which no space stands between words.
public final class UnspacedScript {
    private static final Set<UnicodeScript> ALL = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private UnspacedScript() {}

    /// True if most of the letters of a text are of such a script.
    public static boolean isOf(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long unspaced = text.codePoints()
                .filter(Character::isLetter)
                .filter(letter -> ALL.contains(UnicodeScript.of(letter)))
                .count();
        return 2 * unspaced > letters;
    }
}
