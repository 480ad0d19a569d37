package dev.isogloss.api;

/// Limits that several fields share.
final class Limits {
    /// Every whole number up to here is exact in JSON (2⁵³ − 1).
    static final double SEED = 9007199254740991.0;

    static final double EXAMPLES = 2147483647.0;
    static final double UPDATES = 1000000000.0;

    private Limits() {}
}
