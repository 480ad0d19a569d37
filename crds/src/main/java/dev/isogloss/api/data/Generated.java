package dev.isogloss.api.data;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;

/// The quickstart's invented languages: everything here decides what is generated, so it is part of the data's
/// identity.
public record Generated(
        @Range(min = 1, max = 100000) @Default("2000") @Meaning("Labelled training examples a language.")
        int trainExamples,

        @Range(min = 1, max = 100000)
        @Default("500")
        @Meaning("Labelled examples of the dev split, and as many of the test split, a language.")
        int testExamples,

        @Range(min = 0, max = 1000000) @Default("4000") @Meaning("Unlabelled texts a language.")
        int texts,

        @Range(min = 0, max = 1000000)
        @Default("1000")
        @Meaning("Translation pairs of the source language with each other language.")
        int pairs,

        @Range(min = 0, max = Limits.SEED)
        @Default("1")
        @Meaning("From which everything is drawn; another seed gives other languages.")
        long seed) {

    public Generated {
        Bounds.check(Generated.class, trainExamples, testExamples, texts, pairs, seed);
    }
}
