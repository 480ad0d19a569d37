package dev.isogloss.api.data;

import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Limits;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// The quickstart's invented languages: everything here decides what is generated, so it is part of the data's
/// identity.
public record Generated(
        @Min(1)
        @Max(100000)
        @Default("2000")
        @JsonPropertyDescription("Labelled training examples a language. Default 2000.")
        int trainExamples,

        @Min(1)
        @Max(100000)
        @Default("500")
        @JsonPropertyDescription(
                "Labelled examples of the dev split, and as many of the test split, a language. Default 500.")
        int testExamples,

        @Min(0) @Max(1000000) @Default("4000") @JsonPropertyDescription("Unlabelled texts a language. Default 4000.")
        int texts,

        @Min(0)
        @Max(1000000)
        @Default("1000")
        @JsonPropertyDescription("Translation pairs of the source language with each other language. Default 1000.")
        int pairs,

        @Min(0)
        @Max(Limits.SEED)
        @Default("1")
        @JsonPropertyDescription("From which everything is drawn; another seed gives other languages. Default 1.")
        long seed) {

    public Generated {
        within("trainExamples", trainExamples, 1, 100000);
        within("testExamples", testExamples, 1, 100000);
        within("texts", texts, 0, 1000000);
        within("pairs", pairs, 0, 1000000);
        within("seed", seed, 0, Limits.SEED);
    }
}
