package dev.isogloss.trainer.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sentence in words, with a tag for each: named entities (IOB2) or parts of speech.
///
/// @param words as many as the file has, those of white space alone included
/// @param tags  one for each word; null where the file has none
public record TaggedExample(
        String id, List<String> words, @Nullable List<String> tags) implements Example {

    /// @throws IllegalArgumentException unless there is a tag for each word
    public TaggedExample {
        words = List.copyOf(words);
        if (tags != null) {
            tags = List.copyOf(tags);
            if (tags.size() != words.size())
                throw new IllegalArgumentException(
                        "sentence %s has %d words and %d tags".formatted(id, words.size(), tags.size()));
        }
    }

    @Override
    public String wholeText() {
        return String.join(" ", words);
    }
}
