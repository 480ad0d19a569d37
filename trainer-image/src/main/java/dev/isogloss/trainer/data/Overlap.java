package dev.isogloss.trainer.data;

import java.util.HashSet;
import java.util.Set;

/// What two splits share, by exact text: a test set that was trained on measures nothing.
///
/// @param examples examples of the second split whose text occurs in the first
/// @param texts    different texts among them
/// @param of       examples in the second split
public record Overlap(long examples, long texts, long of) {

    public static Overlap between(Split train, Split other) {
        Set<String> seen = new HashSet<>();
        for (Example example : train.examples()) seen.add(example.wholeText());
        Set<String> shared = new HashSet<>();
        long examples = 0;
        for (Example example : other.examples()) {
            String text = example.wholeText();
            if (!seen.contains(text)) continue;
            examples++;
            shared.add(text);
        }
        return new Overlap(examples, shared.size(), other.size());
    }

    /// A warning for people, as "23 of 500 examples (20 different texts) of test fr occur word for word in train en".
    public String sentence(Split train, Split other) {
        return "%,d of %,d examples (%,d different texts) of %s %s occur word for word in %s %s"
                .formatted(examples, of, texts, other.name(), other.language(), train.name(), train.language());
    }
}
