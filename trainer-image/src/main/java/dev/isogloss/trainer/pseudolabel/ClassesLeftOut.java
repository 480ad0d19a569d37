package dev.isogloss.trainer.pseudolabel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The classes that a selection by confidence leaves out. A model is sure of some classes sooner than of others, and
/// who learns from those labels alone sees texts of the target in these classes and in no other: it takes the language
/// for a sign of them.
///
/// A class counts as left out where the labels that are handed on hold less than a tenth of what as many labels would,
/// drawn evenly from all that the model gives its pool, and those would hold ten or more: by chance that happens once
/// in twenty thousand draws.
public final class ClassesLeftOut {
    private static final int EXPECTED = 10;
    private static final double SHARE = 0.1;
    private static final int NAMED = 5;

    private final Map<String, Long> given = new TreeMap<>();

    /// Labels that the model gives an example of the pool, whether it is sure of them or not.
    public void count(List<String> labels) {
        labels.forEach(label -> given.merge(label, 1L, Long::sum));
    }

    /// Says which classes are left out.
    ///
    /// @param handedOn labels handed on, by class
    /// @param advice   what would hand on more of them, after a colon
    /// @return empty if no class is
    public Optional<String> note(Map<String, Long> handedOn, String advice) {
        double each = sum(handedOn) / Math.max(1.0, sum(given));
        List<Map.Entry<String, Long>> out = given.entrySet().stream()
                .filter(of -> of.getValue() * each >= EXPECTED)
                .filter(of -> handedOn.getOrDefault(of.getKey(), 0L) < SHARE * of.getValue() * each)
                .toList();
        if (out.isEmpty()) return Optional.empty();
        String named = out.stream()
                .limit(NAMED)
                .map(of -> "%s (%,d; an even draw of the pool would hold %,d)"
                        .formatted(
                                of.getKey(), handedOn.getOrDefault(of.getKey(), 0L), Math.round(of.getValue() * each)))
                .collect(Collectors.joining(", "));
        String more = out.size() > NAMED ? " and %d more".formatted(out.size() - NAMED) : "";
        return Optional.of(
                ("%d of %d classes are all but missing from the labels handed on: %s%s. Who learns from these"
                                + " labels gives those classes up in the targets: %s.")
                        .formatted(out.size(), given.size(), named, more, advice));
    }

    private static long sum(Map<String, Long> labels) {
        return labels.values().stream().mapToLong(Long::longValue).sum();
    }
}
