package dev.isogloss.trainer.task;

import java.util.Arrays;

/// One sequence as the encoder reads it, and what is predicted from it.
///
/// A sequence task predicts from the first token; a token task from the first sub-word of every word. A document
/// longer than the encoder becomes several items, each of which owns a part of its words.
///
/// @param example   the number of the example in its dataset
/// @param ids       token ids, special tokens included, no padding
/// @param types     segment of every token
/// @param positions where predictions are read, ascending
/// @param first     the number of the first predicted unit within its example: 0, or the first word a window owns
/// @param targets   label index per position, or [#UNLABELLED]
public record Item(int example, int[] ids, int[] types, int[] positions, int first, int[] targets) {

    /// The target of a unit whose label is not given.
    public static final int UNLABELLED = -100;

    public int length() {
        return ids.length;
    }

    /// The same without its labels.
    public Item unlabelled() {
        int[] none = new int[targets.length];
        Arrays.fill(none, UNLABELLED);
        return new Item(example, ids, types, positions, first, none);
    }

    public boolean isLabelled() {
        for (int target : targets) if (target != UNLABELLED) return true;
        return false;
    }
}
