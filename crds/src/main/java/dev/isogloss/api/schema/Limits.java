package dev.isogloss.api.schema;

/// Limits that several fields share.
public final class Limits {
    /// Every whole number up to here is exact in JSON (2⁵³ − 1).
    public static final double SEED = 9007199254740991.0;

    public static final double EXAMPLES = 2147483647.0;
    public static final double UPDATES = 1000000000.0;

    private Limits() {}
}
