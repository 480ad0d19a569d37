package dev.isogloss.api.run;

import static dev.isogloss.api.schema.Bounds.form;
import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.LanguageAlignment;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// One of the models of a run.
public record ModelSpec(
        @Required
        @Size(min = 1, max = 32)
        @Pattern(Patterns.DNS_LABEL_ANY_CASE)
        @JsonPropertyDescription("How tables call it. Required.")
        String name,

        @Required @JsonPropertyDescription("The encoder it starts from. Required.")
        EncoderSpec encoder,

        @Defaulted
        @DefaultsInside("{epochs: 5, batchSize: 16, learningRate: 0.00005, optimiser: {warmupFraction: 0}}")
        @JsonPropertyDescription(
                "How it is trained in each round. Default {}: five epochs of batches of 16 at 5e-5, no warm-up (Yu & Joty"
                        + " 2021, section 4.2, XNLI).")
        FineTune fineTune,

        @JsonPropertyDescription(
                "Each training also learns from translations of some labelled texts: label alignment beside the labels, "
                        + "then semantic alignment (Yu & Joty 2021); {} takes every default. Without it: it does not.")
        @Nullable
        LanguageAlignment languageAdaptation) {

    public ModelSpec {
        present("name", name);
        form("name", name, 32, Patterns.DNS_LABEL_ANY_CASE);
        present("encoder", encoder);
        present("fineTune", fineTune);
    }
}
