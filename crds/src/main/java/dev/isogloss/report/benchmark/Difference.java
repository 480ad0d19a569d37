package dev.isogloss.report.benchmark;

/// What sets a system apart from the baseline in one column, on the same examples and seeds.
///
/// @param value    the system's score less the baseline's
/// @param low      lower end of the 95 % interval of the difference
/// @param p        of approximate randomisation
/// @param adjusted the same, for the number of comparisons, if the manifest asks for that
/// @param stars    0 to 3
public record Difference(double value, double low, double high, double p, double adjusted, int stars) {

    Difference adjusted(double adjusted, double alpha) {
        return new Difference(value, low, high, p, adjusted, stars(adjusted, alpha));
    }

    /// One below α, two below α/5, three below α/50: with the usual 0.05 below 0.05, 0.01 and 0.001.
    static int stars(double p, double alpha) {
        if (p >= alpha) return 0;
        return p >= alpha / 5 ? 1 : p >= alpha / 50 ? 2 : 3;
    }

    /// `**`, or nothing.
    public String marks() {
        return "*".repeat(stars);
    }
}
