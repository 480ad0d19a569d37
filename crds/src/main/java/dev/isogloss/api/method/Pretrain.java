package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.schema.SchemaInside;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stage `pretrain`: masked-language modelling on plain text, and on translation pairs side by side (TLM; Conneau &
/// Lample, NeurIPS 2019, §3.3).
public record Pretrain(
        @Items(max = 128, distinct = true)
        @Meaning("Languages of the corpus to learn from. Without it: all of them.")
        @Nullable
        List<@Matches(Form.Language) String> languages,

        @Defaulted @Meaning("What is hidden. Default {}: 15 %, of these 80 % masked and 10 % random.")
        Masking masking,

        @Range(min = 0, max = 1)
        @Default("0.5")
        @Meaning("A language with n texts is drawn with probability proportional to n to this power: 1 as it is, 0 "
                + "evenly.")
        double samplingExponent,

        @Range(min = 0, max = 1)
        @Default("0.3")
        @Meaning("Share of the batches made of translation pairs; without meaning where the corpus has none.")
        double pairFraction,

        @JsonUnwrapped
        @DefaultsInside("{epochs: 1, batchSize: 32, optimiser: {clipNorm: 1, warmupFraction: 0.05}}")
        @SchemaInside("epochs: {description: 'Passes over the corpus; fractions are fine.'}\n"
                + "batchSize: {description: 'Texts a batch.'}\n"
                + "dropout: {description: 'Dropout of the encoder.'}\n"
                + "optimiser: {description: 'What is rarely changed about the optimiser. Default {}: AdamW, weight decay"
                + " 0.01, 5 % warm-up, linear decay, clipping at norm 1.'}")
        TrainingSettings training,

        @Range(min = 1, max = 1024) @Default("1") @Meaning("Batches an update; their gradients are averaged.")
        int gradientAccumulation,

        @Range(min = 8, max = 8192)
        @Default("128")
        @Meaning("Longest input in pieces, special ones included; longer texts are cut.")
        int maxLength,

        @Range(above = 0, max = 10)
        @Default("0.0005")
        @Meaning("Highest learning rate. Default 5e-4, for a small encoder from scratch; continue a published one "
                + "with 5e-5 or less.")
        double learningRate)
        implements TrainedMethod, MethodSettings {

    public Pretrain {
        Bounds.check(
                Pretrain.class,
                languages,
                masking,
                samplingExponent,
                pairFraction,
                training,
                gradientAccumulation,
                maxLength,
                learningRate);
        if (languages != null) languages = List.copyOf(languages);
    }

    /// With the corpus's languages where none are named.
    ///
    /// @param hasPairs whether the corpus has translation pairs
    public Pretrain resolved(List<String> sortedLanguages, boolean hasPairs) {
        return new Pretrain(
                sortedLanguages,
                masking,
                samplingExponent,
                hasPairs ? pairFraction : 0,
                training,
                gradientAccumulation,
                maxLength,
                learningRate);
    }
}
