package dev.isogloss.trainer.tokenizer;

/// A text as an encoder reads it.
///
/// @param ids     vocabulary ids, special tokens included
/// @param types   0 for the first text and what stands around it, 1 for the second of a pair where the family tells
/// @param wordIds which word each piece belongs to, from 0, counted anew in the second text; -1 for special tokens
@SuppressWarnings("ArrayRecordComponent") // a value of the hot path, made and read once
public record Encoding(int[] ids, int[] types, int[] wordIds) {

    public int length() {
        return ids.length;
    }
}
