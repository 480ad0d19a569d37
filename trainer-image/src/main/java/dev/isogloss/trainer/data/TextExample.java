package dev.isogloss.trainer.data;

import org.jspecify.annotations.Nullable;

/// A text, or a pair of texts, with one label.
///
/// @param second the other half of a pair; null for single texts
/// @param label  the gold label; null where the file has none
public record TextExample(
        String id,
        String text,
        @Nullable String second,
        @Nullable String label) implements Example {

    @Override
    public String wholeText() {
        return second == null ? text : text + "\t" + second;
    }
}
