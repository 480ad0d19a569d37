package dev.isogloss.trainer.augment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A changed copy of an example, without labels: a line of `augmented/copies.jsonl`.
///
/// @param id     the example's, a number sign, and the number of the copy from 1
/// @param of     the example's id
/// @param text   of an example that is a text
/// @param second the other half of a pair
/// @param words  of an example that is labelled word by word
/// @param masked the words that were replaced, in this order, counted from 0; of a pair in its first half
/// @param maskedSecond those of its second half
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"language", "id", "of", "text", "second", "words", "masked", "maskedSecond"})
public record AugmentedCopy(
        String language,
        String id,
        String of,
        @Nullable String text,
        @Nullable String second,
        @Nullable List<String> words,
        List<Integer> masked,
        @Nullable List<Integer> maskedSecond) {

    /// Without labels.
    public Example example() {
        if (words != null) return new TaggedExample(id, words, null);
        if (text == null) throw new IllegalStateException("a copy of " + of + " without text and words");
        return new TextExample(id, text, second, null);
    }
}
