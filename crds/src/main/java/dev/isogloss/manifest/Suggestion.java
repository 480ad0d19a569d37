package dev.isogloss.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The name that a misspelt word may stand for.
///
/// Words may come from any column of any file: what is longer than a name, or not nearly as long as the word, is not
/// compared with it, and of very many names only the first ones are looked at.
public final class Suggestion {
    /// Characters of the longest name that anybody would misspell.
    private static final int LONGEST = 64;

    private static final int MOST_NAMES = 10_000;

    private Suggestion() {}

    /// The name closest to `word` by edit distance, if it is close (a third of the letters, at least one); case counts
    /// little.
    public static Optional<String> to(String word, Collection<String> names) {
        return nearest(word, names, name -> {
            int edits = Math.max(1, Math.min(word.length(), name.length()) / 3);
            return isPart(word, name) ? LONGEST : edits;
        });
    }

    /// The name closest to `word`, if at most so many edits lead from one to the other.
    public static Optional<String> within(int edits, String word, Collection<String> names) {
        return nearest(word, names, _ -> edits);
    }

    /// `; did you mean "label"?`, or nothing.
    public static String hint(String word, Collection<String> names) {
        return to(word, names).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    private record Candidate(String name, int distance) {}

    /// @param most the edits that still count as near, for each name
    private static Optional<String> nearest(String word, Collection<String> names, ToIntFunction<String> most) {
        if (word.length() > LONGEST) return Optional.empty();
        return names.stream()
                .limit(MOST_NAMES)
                .filter(name -> name.length() <= LONGEST)
                .filter(name -> Math.abs(name.length() - word.length()) <= most.applyAsInt(name))
                .map(name -> new Candidate(name, distance(word, name)))
                .filter(candidate -> candidate.distance() <= most.applyAsInt(candidate.name()))
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /// `lr` is not near `learningRate`, but `rate` is inside it.
    private static boolean isPart(String word, String name) {
        return word.length() >= 4 && name.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    /// Letters to insert, delete, replace, or swap with their neighbour; case is ignored.
    private static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
        return cost[a.length()][b.length()];
    }
}
