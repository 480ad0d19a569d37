package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// The name of a step's work: SHA-256 of its spec's canonical JSON, 64 lower-case hex digits. Equal keys mean equal
/// work.
public record StepKey(@JsonValue String hex) implements Comparable<StepKey> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /// @throws IllegalArgumentException if `hex` is no SHA-256 in lower-case hex
    @JsonCreator
    public StepKey {
        if (!FORM.matcher(hex).matches())
            throw new IllegalArgumentException("a step key is 64 lower-case hex digits, not \"" + hex + "\"");
    }

    /// The first twelve digits: enough to tell steps apart on a screen.
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(StepKey other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
