package dev.isogloss.api.method;

/// The order in which an epoch's examples form batches.
public enum BatchOrder {
    /// Shuffled, sorted by length inside windows of 50 batches, batches shuffled: the same examples with less padding.
    LengthBuckets,
    /// Shuffled only.
    Random
}
