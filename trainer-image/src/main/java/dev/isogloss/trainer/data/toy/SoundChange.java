package dev.isogloss.trainer.data.toy;

import dev.isogloss.trainer.random.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A change that every inherited word of a language went through: blind to meaning, as sound changes are.
record SoundChange(Pattern where, String becomes) {
    /// The most that a change may overshoot.
    private static final double TOO_MUCH = 0.08;

    private static final List<String[]> KNOWN = List.of(
            new String[] {"p(?=[aeiou])", "f"},
            new String[] {"(?<=[aeiou])t(?=[aeiou])", "d"},
            new String[] {"k(?=[ei])", "ch"},
            new String[] {"^b", "v"},
            new String[] {"s$", ""},
            new String[] {"(?<=[aeiou])g(?=[aeiou])", "h"},
            new String[] {"w", "v"},
            new String[] {"st", "sh"},
            new String[] {"o(?=[nmlr])", "u"},
            new String[] {"^t(?=[aou])", "ts"},
            new String[] {"kl", "l"},
            new String[] {"e$", "i"},
            new String[] {"a(?=[kst])", "o"},
            new String[] {"r(?=[ei])", "l"});

    /// Some of the changes languages are known to make: as many as leave about `share` of the words no longer what they
    /// were, in an order of the language's own.
    static List<SoundChange> some(SeededRandom random, List<String> words, double share) {
        List<String[]> remaining = new ArrayList<>(KNOWN);
        List<SoundChange> changes = new ArrayList<>();
        while (!remaining.isEmpty() && changed(words, changes) < share) {
            String[] next = remaining.remove(random.below(remaining.size()));
            changes.add(new SoundChange(Pattern.compile(next[0]), next[1]));
            if (changed(words, changes) > share + TOO_MUCH) changes.removeLast();
        }
        return List.copyOf(changes);
    }

    private static double changed(List<String> words, List<SoundChange> changes) {
        long changed = words.stream()
                .filter(word -> !applyAll(changes, word).equals(word))
                .count();
        return (double) changed / words.size();
    }

    /// One change after the other.
    static String applyAll(List<SoundChange> changes, String word) {
        String changed = word;
        for (SoundChange change : changes) changed = change.apply(changed);
        return changed;
    }

    private String apply(String word) {
        String changed = where.matcher(word).replaceAll(becomes);
        return changed.isEmpty() ? word : changed;
    }
}
