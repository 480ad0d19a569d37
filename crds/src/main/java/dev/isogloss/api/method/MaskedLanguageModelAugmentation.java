package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/// Copies of texts in which a masked language model has replaced some words (Bari et al., ACL 2021, section 3.2).
@ValidationRule(
        value = "!has(self.leastWords) || !has(self.mostWords) || self.leastWords <= self.mostWords",
        message = "leastWords must not exceed mostWords",
        fieldPath = ".leastWords")
public record MaskedLanguageModelAugmentation(
        @Range(above = 0, max = 1)
        @Default("0.3")
        @Meaning("Share of a text's words that a copy replaces, at least one. Default 0.3 (section 4.2; PAWS-X 0.4).")
        double share,

        @Range(min = 1, max = 100)
        @Default("3")
        @Meaning(
                "Copies of each text; of a pair, copies of each side, every one of which is put beside every one of the"
                        + " other. Default 3 (section 4.2; 2 for pairs).")
        int copies,

        @Range(min = 1, max = 100)
        @Default("3")
        @Meaning(
                "Words of fewer characters are not replaced, unless a text has no others. Default 3 (the authors' code).")
        int minCharacters,

        @Default("WordStarts")
        @Meaning("What may stand for a word: WordStarts (pieces that begin one) or AnyPiece, by which words can grow"
                + " together; of tasks that label words such a copy is discarded, as in the authors' code. Default"
                + " WordStarts.")
        Fill fill,

        @Range(min = 1, max = 10000)
        @Default("5")
        @Meaning("Sentences of fewer words get no copies, in tasks that label words. Default 5 (the authors' code).")
        int leastWords,

        @Range(min = 1, max = 10000)
        @Default("150")
        @Meaning("Sentences of more words get no copies, in tasks that label words. Default 150 (the authors' code).")
        int mostWords,

        @Range(min = 0, max = Limits.SEED)
        @Default("1")
        @Meaning("Seed of the places. Copies are made once for all seeds and models of a run. Default 1.")
        long seed) {

    public MaskedLanguageModelAugmentation {
        Bounds.check(
                MaskedLanguageModelAugmentation.class, share, copies, minCharacters, fill, leastWords, mostWords, seed);
    }

    /// The pieces that may stand for a word.
    public enum Fill {
        WordStarts,
        AnyPiece
    }
}
