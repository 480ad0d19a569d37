package dev.isogloss.trainer.figure;

import java.util.List;
import java.util.Locale;

/// Colours that people who see fewer of them can tell apart: for groups those of Okabe & Ito, the blue a little
/// lighter for dark paper; for values the five anchors of matplotlib's viridis. A group differs by dashes, too.
final class Palette {
    private static final List<String> GROUPS =
            List.of("#1F83C6", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F");
    private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3");
    private static final int[][] VALUES = {{68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}};

    private Palette() {}

    static String group(int number) {
        return GROUPS.get(number % GROUPS.size());
    }

    /// Dashes of a line; empty for a whole one. Seven colours with four kinds of dashes make 28 lines that differ.
    static String dashes(int number) {
        return DASHES.get(number % DASHES.size());
    }

    /// @param share 0 to 1; what lies outside has the colour of the nearer end
    static String value(double share) {
        double place = Math.clamp(share, 0, 1) * (VALUES.length - 1);
        int from = Math.min((int) place, VALUES.length - 2);
        double part = place - from;
        int[] rgb = new int[3];
        for (int i = 0; i < 3; i++)
            rgb[i] = (int) Math.round(VALUES[from][i] * (1 - part) + VALUES[from + 1][i] * part);
        return String.format(Locale.ROOT, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    }

    /// A line of a group: its colour and its dashes.
    static String stroke(int number) {
        String dashes = dashes(number);
        return "fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-linejoin=\"round\"%s"
                .formatted(group(number), dashes.isEmpty() ? "" : " stroke-dasharray=\"%s\"".formatted(dashes));
    }
}
