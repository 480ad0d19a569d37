package dev.isogloss.trainer.method.pretrain;

/// A text, or a pair of translations side by side, as token ids with special tokens.
public record TokenSequence(int[] ids, int[] types) {}
