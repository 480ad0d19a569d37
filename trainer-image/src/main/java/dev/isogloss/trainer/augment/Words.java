package dev.isogloss.trainer.augment;

import dev.isogloss.trainer.data.UnspacedScript;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A text in the units that masks stand for: words between white space, or characters in scripts that write none; of a
/// tagged sentence its words.
///
/// @param spaced whether white space stands between two units where people write them
record Words(List<String> units, boolean spaced) {
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    Words {
        units = List.copyOf(units);
    }

    /// A text is taken apart into characters if most of its letters are of a script without spaces.
    static Words of(String text) {
        if (UnspacedScript.isOf(text)) return new Words(characters(text), false);
        String trimmed = text.strip();
        return new Words(trimmed.isEmpty() ? List.of() : List.of(SPACE.split(trimmed)), true);
    }

    /// Tags belong to the words of a sentence, so that these stay, whatever the script.
    static Words of(List<String> sentence) {
        return new Words(sentence, !UnspacedScript.isOf(String.join("", sentence)));
    }

    /// As readers see them: a letter with its marks is one.
    private static List<String> characters(String text) {
        BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        breaks.setText(text);
        List<String> characters = new ArrayList<>();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            characters.add(text.substring(from, to));
            from = to;
        }
        return characters;
    }
}
