package dev.isogloss.plan.step;

import dev.isogloss.api.method.LabelAlignment;
import dev.isogloss.api.schema.Bounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Translations of some labelled texts that a training learns from, beside the texts themselves.
///
/// @param corpus    whose translation pairs are read; its languages are those of the translations
/// @param maxTexts  source texts at most
/// @param alignment null where translations are only more labelled texts
public record TranslationInputs(
        CorpusIdentity corpus, int maxTexts, @Nullable LabelAlignment alignment) {

    public TranslationInputs {
        if (!corpus.pairs())
            throw new IllegalArgumentException(
                    "corpus %s is planned without its pairs, and translations are read from them"
                            .formatted(corpus.name()));
        Bounds.atLeast("maxTexts", maxTexts, 1);
    }

    public List<String> languages() {
        return corpus.languages();
    }
}
