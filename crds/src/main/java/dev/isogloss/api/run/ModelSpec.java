package dev.isogloss.api.run;

import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.LanguageAlignment;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// One of the models of a run.
public record ModelSpec(
        @Matches(Form.DnsLabelAnyCase) @Meaning("How tables call it.")
        String name,

        @Meaning("The encoder it starts from.") EncoderSpec encoder,

        @Defaulted
        @DefaultsInside("{epochs: 5, batchSize: 16, learningRate: 0.00005, optimiser: {warmupFraction: 0}}")
        @Meaning("How it is trained in each round. Default {}: five epochs of batches of 16 at 5e-5, no warm-up (Yu & "
                + "Joty 2021, section 4.2, XNLI).")
        FineTune fineTune,

        @Meaning("Each training also learns from translations of some labelled texts: label alignment beside the "
                + "labels, then semantic alignment (Yu & Joty 2021); {} takes every default. Without it: it does not.")
        @Nullable
        LanguageAlignment languageAdaptation,

        @Range(min = 0, max = Limits.SEED)
        @Default("0")
        @Meaning("Added to the seed of the run, so that models with the same encoder and settings differ.")
        long seed) {

    public ModelSpec {
        Bounds.check(ModelSpec.class, name, encoder, fineTune, languageAdaptation, seed);
    }
}
