package dev.isogloss.trainer.pseudolabel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An example of the pool with the label that a model gave it, as it is read from a line of
/// `selected/pseudo-labels.jsonl`. Who learns from it needs nothing but the line, and tokenises the text in its
/// own way. The right labels, which the line may hold ([JudgedLabel]), are not read.
///
/// @param text       of an example that is a text
/// @param second     the other half of a pair
/// @param words      of an example that is labelled word by word
/// @param labels     what the model says: one for a text, one a word
/// @param confidence the highest probability, averaged over words
@JsonIgnoreProperties("gold")
public record PseudoLabel(
        String language,
        String id,
        @Nullable String text,
        @Nullable String second,
        @Nullable List<String> words,
        List<String> labels,
        double confidence) {

    public static PseudoLabel of(String language, Example example, List<String> labels, double confidence) {
        return switch (example) {
            case TextExample text ->
                new PseudoLabel(language, text.id(), text.text(), text.second(), null, labels, confidence);
            case TaggedExample tagged ->
                new PseudoLabel(language, tagged.id(), null, null, tagged.words(), labels, confidence);
            case ParsedExample parsed ->
                throw new IllegalArgumentException("no label stands for a tree: " + parsed.id());
        };
    }

    public ExampleName name() {
        return new ExampleName(language, id);
    }

    /// To learn from: the model's labels in the place of gold ones.
    public Example example() {
        if (words != null) return new TaggedExample(id, words, labels);
        if (text == null) throw new IllegalStateException("a pseudo-label of " + id + " without text and words");
        return new TextExample(id, text, second, labels.getFirst());
    }
}
