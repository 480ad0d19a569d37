package dev.isogloss.trainer.data.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A change that every inherited word of a language went through: blind to meaning, as sound changes are.
record SoundChange(Pattern where, String becomes) {
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

    /// Some of the changes languages are known to make, in an order of their own.
    static List<SoundChange> some(Draw draw, int count) {
        List<String[]> left = new ArrayList<>(KNOWN);
        List<SoundChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] change = left.remove(draw.below(left.size()));
            changes.add(new SoundChange(Pattern.compile(change[0]), change[1]));
        }
        return List.copyOf(changes);
    }

    String apply(String word) {
        String changed = where.matcher(word).replaceAll(becomes);
        return changed.isEmpty() ? word : changed;
    }
}
