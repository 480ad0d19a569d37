package dev.isogloss.trainer.data;

import java.util.HashSet;
import java.util.Set;

/// Overlap of two splits by exact text: a test set that was trained on measures nothing.
///
/// @param examples examples of the second split whose text occurs in the first
/// @param texts    different texts among them
/// @param of       examples in the second split
public record TrainTestOverlap(long examples, long texts, long of) {

    public static TrainTestOverlap between(Split train, Split other) {
        return between(texts(train), other);
    }

    /// All different texts of a split.
    public static Set<String> texts(Split split) {
        Set<String> texts = new HashSet<>();
        for (Example example : split.examples()) texts.add(example.wholeText());
        return texts;
    }

    /// @param trained the texts of the training data
    public static TrainTestOverlap between(Set<String> trained, Split other) {
        Set<String> shared = new HashSet<>();
        long examples = 0;
        for (Example example : other.examples()) {
            String text = example.wholeText();
            if (!trained.contains(text)) continue;
            examples++;
            shared.add(text);
        }
        return new TrainTestOverlap(examples, shared.size(), other.size());
    }

    /// A warning for people: "23 of 500 examples of test fr (20 different texts) occur word for word in train en".
    ///
    /// @param train what was trained on, as "train en"
    public String sentence(String train, Split other) {
        return "%,d of %,d examples of %s %s (%,d different %s) occur word for word in %s"
                .formatted(examples, of, other.name(), other.language(), texts, texts == 1 ? "text" : "texts", train);
    }
}
