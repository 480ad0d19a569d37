package dev.isogloss.trainer.report;

import java.util.Locale;

/// Shares in per cent as pages and tables print them: one decimal, and a minus sign that is one.
final class Percent {
    private Percent() {}

    static String of(double share) {
        return format("%.1f", share);
    }

    /// With its sign, also where that is a plus.
    static String signed(double share) {
        return format("%+.1f", share);
    }

    private static String format(String format, double share) {
        return String.format(Locale.ROOT, format, 100 * share).replace('-', '−');
    }
}
