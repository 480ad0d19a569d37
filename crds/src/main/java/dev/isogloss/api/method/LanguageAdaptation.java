package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Meaning;

/// Stage `languageAdaptation`: supervised training on labelled texts and translations of some of them, with label
/// alignment, then semantic alignment (Yu & Joty, 2021, section 3.2).
public record LanguageAdaptation(
        @Defaulted
        @DefaultsInside("{epochs: 5, batchSize: 16, learningRate: 0.00005, optimiser: {warmupFraction: 0}}")
        @Meaning("The first phase, as a fineTune stage. Default {}: five epochs of batches of 16 at 5e-5, no warm-up "
                + "(section 4.2, XNLI).")
        FineTune fineTune,

        @Defaulted @Meaning("What is learnt from translations. Default {}: both alignments.")
        LanguageAlignment alignment)
        implements MethodSettings {

    public LanguageAdaptation {
        Bounds.check(LanguageAdaptation.class, fineTune, alignment);
    }
}
