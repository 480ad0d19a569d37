package dev.isogloss.plan.step;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Conditions on the values of a step, each refused with a sentence. A manifest's own words are checked before, by the
/// rules of its kind: what is refused here was planned wrong, or is no step of this version.
final class Require {
    private Require() {}

    /// A copy of a list that is neither empty nor holds a value twice.
    static <T> List<T> distinct(List<T> values, String what) {
        List<T> copy = some(values, what);
        Set<T> seen = new HashSet<>();
        for (T value : copy)
            if (!seen.add(value))
                throw new IllegalArgumentException("%s holds %s twice; list it once".formatted(what, value));
        return copy;
    }

    /// The same for names, none of which is blank.
    static List<String> names(List<String> names, String what) {
        List<String> copy = distinct(names, what);
        copy.forEach(name -> name(name, what));
        return copy;
    }

    /// A copy of a list that is not empty.
    static <T> List<T> some(List<T> values, String what) {
        List<T> copy = List.copyOf(Objects.requireNonNull(values, () -> what + " is missing"));
        if (copy.isEmpty()) throw new IllegalArgumentException(what + " is empty; it needs one entry at least");
        return copy;
    }

    static void name(String name, String what) {
        if (name.isBlank()) throw new IllegalArgumentException(what + " holds a blank name; write one or leave it out");
    }

    static void atLeast(long least, long value, String what) {
        if (value < least)
            throw new IllegalArgumentException("%s is %d; it must be at least %d".formatted(what, value, least));
    }

    /// Of every step: how often its kind was mended, counted from 1.
    static void revision(int revision) {
        atLeast(1, revision, "revision");
    }

    /// An encoder that is there already: only pretraining makes one.
    static void existing(EncoderOrigin encoder, String kind) {
        if (encoder instanceof EncoderOrigin.Fresh)
            throw new IllegalArgumentException(
                    kind + " starts from an encoder that exists, and only Pretrain makes one: pretrain it first");
    }
}
