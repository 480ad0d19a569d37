package dev.isogloss.api.benchmark;

/// What becomes of the probabilities of many comparisons.
public enum Correction {
    /// Each is adjusted for the number of them (Holm, 1979), so that α bounds the chance of one false star anywhere.
    Holm,
    /// Each stands for itself.
    None
}
