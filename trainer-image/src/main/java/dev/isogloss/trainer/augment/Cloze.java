package dev.isogloss.trainer.augment;

import java.util.List;

/// A text in pieces of which some words are to be replaced, one after the other.
///
/// @param pieces   of each word, none of them empty; words beyond the encoder's longest input are left out
/// @param places   the words to replace, in this order
/// @param lettered for each of these places, whether the word holds a letter or a digit: so must what replaces it
/// @param spaced   whether words stand between spaces
record Cloze(List<int[]> pieces, int[] places, boolean[] lettered, boolean spaced) {

    Cloze {
        if (places.length != lettered.length)
            throw new IllegalArgumentException(
                    "%d places and %d words to replace".formatted(places.length, lettered.length));
    }
}
