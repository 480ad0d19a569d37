package dev.isogloss.trainer.pseudolabel;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The classes that a selection by confidence leaves out. A model is sure of some classes sooner than of others, and
/// who learns from those labels alone sees texts of a language in these classes and in no other, and may take the
/// language for a sign of them.
///
/// A class counts as left out where the labels that are handed on hold less than a tenth of what as many labels would,
/// drawn evenly from all that the model gives its pool, and those would hold ten or more. By chance that happens to a
/// class once in two thousand draws at most; words of a sentence are drawn together, so there it happens more often.
public final class ClassesLeftOut {
    private static final int EXPECTED = 10;
    private static final double SHARE = 0.1;
    private static final int NAMED = 5;

    private final Map<String, Long> given = new TreeMap<>();
    private final Map<String, Long> handedOn = new TreeMap<>();

    /// Labels that the model gives an example of its pool, whether it is sure of them or not.
    public void given(List<String> labels) {
        labels.forEach(label -> given.merge(label, 1L, Long::sum));
    }

    /// Labels that are handed on, now or in an earlier round.
    public void handedOn(Map<String, Long> labels) {
        labels.forEach((label, count) -> handedOn.merge(label, count, Long::sum));
    }

    /// Says which classes are left out, the most frequent first.
    ///
    /// @param advice what would hand on more of them
    /// @return empty if no class is
    public Optional<String> note(String advice) {
        double each = sum(handedOn) / Math.max(1.0, sum(given));
        List<Map.Entry<String, Long>> out = given.entrySet().stream()
                .filter(of -> of.getValue() * each >= EXPECTED)
                .filter(of -> handedOn.getOrDefault(of.getKey(), 0L) < SHARE * of.getValue() * each)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList();
        if (out.isEmpty()) return Optional.empty();
        String named = out.stream()
                .limit(NAMED)
                .map(of -> "%s (%,d; an even draw of the pool would hold %,d)"
                        .formatted(
                                of.getKey(), handedOn.getOrDefault(of.getKey(), 0L), Math.round(of.getValue() * each)))
                .collect(Collectors.joining(", "));
        String more = out.size() > NAMED ? " and %d more".formatted(out.size() - NAMED) : "";
        return Optional.of(("All but missing from the labels handed on: %d of %d classes, %s%s. Who learns from these"
                        + " labels may give them up in these languages: %s.")
                .formatted(out.size(), given.size(), named, more, advice));
    }

    private static long sum(Map<String, Long> labels) {
        return labels.values().stream().mapToLong(Long::longValue).sum();
    }
}
