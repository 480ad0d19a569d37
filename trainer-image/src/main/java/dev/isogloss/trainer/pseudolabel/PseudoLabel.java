package dev.isogloss.trainer.pseudolabel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An example of the pool with the label that a model gave it: a line of `selected/pseudo-labels.jsonl`. Who learns
/// from it needs nothing but the line, and tokenises the text in its own way.
///
/// @param text       of an example that is a text
/// @param second     the other half of a pair
/// @param words      of an example that is labelled word by word
/// @param labels     what the model says: one for a text, one a word
/// @param confidence the highest probability, averaged over words
/// @param gold       the right labels, where the pool has them; nothing is learned from them
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"language", "id", "labels", "confidence", "gold", "text", "second", "words"})
public record PseudoLabel(
        String language,
        String id,
        @Nullable String text,
        @Nullable String second,
        @Nullable List<String> words,
        List<String> labels,
        double confidence,
        @Nullable List<String> gold) {

    public static PseudoLabel of(
            String language, Example example, List<String> labels, double confidence, @Nullable List<String> gold) {
        return switch (example) {
            case TextExample text ->
                new PseudoLabel(language, text.id(), text.text(), text.second(), null, labels, confidence, gold);
            case TaggedExample tagged ->
                new PseudoLabel(language, tagged.id(), null, null, tagged.words(), labels, confidence, gold);
            case ParsedExample parsed ->
                throw new IllegalArgumentException("no label stands for a tree: " + parsed.id());
        };
    }

    public ExampleName name() {
        return new ExampleName(language, id);
    }

    /// True if the labels are known to be wrong.
    public boolean differsFromGold() {
        return gold != null && !gold.equals(labels);
    }

    /// To learn from: the model's labels in the place of gold ones.
    public Example example() {
        if (words != null) return new TaggedExample(id, words, labels);
        if (text == null) throw new IllegalStateException("a pseudo-label of " + id + " without text and words");
        return new TextExample(id, text, second, labels.getFirst());
    }
}
