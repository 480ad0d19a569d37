package dev.isogloss.trainer.augment;

import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A copy of one text before its masks are filled.
record Draft(Words words, Cloze cloze) {

    /// @param masked the words that were replaced, in this order
    /// @param grown  whether a word has grown together with the one before it
    record Filled(Words words, List<Integer> masked, boolean grown, String text) {}

    /// @param pieces what stands at each place, in the places' order
    Filled filled(int[] pieces, Tokenizer tokenizer) {
        List<String> units = new ArrayList<>(words.units());
        BitSet grown = new BitSet();
        for (int i = 0; i < pieces.length; i++) {
            int place = cloze.places()[i];
            units.set(place, tokenizer.text(pieces[i]));
            grown.set(place, words.spaced() && place > 0 && tokenizer.continuesWord(pieces[i]));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < units.size(); i++) {
            if (i > 0 && words.spaced() && !grown.get(i)) text.append(' ');
            text.append(units.get(i));
        }
        List<Integer> masked = Arrays.stream(cloze.places()).boxed().toList();
        return new Filled(new Words(units, words.spaced()), masked, !grown.isEmpty(), text.toString());
    }
}
