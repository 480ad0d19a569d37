package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.method.MaskedLanguageModelAugmentation;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Meaning;
import org.jspecify.annotations.Nullable;

/// The copies of texts that models also learn from.
public record Augmentation(
        @Defaulted @Meaning("Copies in which a masked language model has replaced words. Default {}.")
        Generator maskedLanguageModel) {

    public Augmentation {
        Bounds.check(Augmentation.class, maskedLanguageModel);
    }

    /// A masked language model and what it replaces.
    public record Generator(
            @JsonUnwrapped MaskedLanguageModelAugmentation settings,

            @Meaning(
                    "The encoder whose masked-language-model head replaces words. Without it: the one that the first model"
                            + " starts from.")
            @Nullable
            EncoderSpec encoder,

            @Meaning(
                    "Train this encoder on the corpus first, once for the whole run, as a stage pretrain does: one that was"
                            + " published without a masked-language-model head gets one. {} takes every default; continue a"
                            + " published encoder with a learningRate of 5e-5 or 1e-4. Without it: not.")
            @Nullable
            Pretrain pretrain) {

        public Generator {
            Bounds.check(Generator.class, settings, encoder, pretrain);
        }
    }
}
