package dev.isogloss.trainer.encoder;

/// The wanted rows of the last layer. For the first alone the last layer computes keys and values of all tokens
/// and everything else for one: the same numbers for a fraction of the work.
public enum OutputRows {
    All,
    First
}
