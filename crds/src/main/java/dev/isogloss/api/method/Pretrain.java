package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stage `pretrain`: masked-language modelling on plain text, and on translation pairs side by side (TLM; Conneau &
/// Lample, NeurIPS 2019, §3.3).
public record Pretrain(
        @Size(min = 1, max = 128)
        @Distinct
        @JsonPropertyDescription("Languages of the corpus to learn from. Without it: all of them.")
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.LANGUAGE) String> languages,

        @Default("{}")
        @JsonPropertyDescription("What is hidden. Default {}: 15 %, of these 80 % masked and 10 % random.")
        Masking masking,

        @Min(0)
        @Max(1)
        @Default("0.5")
        @JsonPropertyDescription(
                "A language with n texts is drawn with probability proportional to n to this power: 1 as it is, 0 evenly. "
                        + "Default 0.5.")
        double samplingExponent,

        @Min(0)
        @Max(1)
        @Default("0.3")
        @JsonPropertyDescription(
                "Share of the batches made of translation pairs; without meaning where the corpus has none. Default 0.3.")
        double pairFraction,

        @Min(value = 0, inclusive = false)
        @Max(10000)
        @Default("1")
        @JsonPropertyDescription("Passes over the corpus; fractions are fine. Default 1.")
        double epochs,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription("Stop after so many updates even if epochs are left. Without it: no limit.")
        @Nullable
        Integer maxUpdates,

        @Min(1) @Max(65536) @Default("32") @JsonPropertyDescription("Texts a batch. Default 32.")
        int batchSize,

        @Min(1)
        @Max(1024)
        @Default("1")
        @JsonPropertyDescription("Batches an update; their gradients are averaged. Default 1.")
        int gradientAccumulation,

        @Min(8)
        @Max(8192)
        @Default("128")
        @JsonPropertyDescription("Longest input in pieces, special ones included; longer texts are cut. Default 128.")
        int maxLength,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @Default("0.0005")
        @JsonPropertyDescription(
                "Highest learning rate. Default 5e-4, for a small encoder from scratch; continue a published one with "
                        + "5e-5 or less.")
        double learningRate,

        @Min(0) @Max(0.95) @Default("0.1") @JsonPropertyDescription("Dropout of the encoder. Default 0.1.")
        double dropout,

        @Default("LengthBuckets")
        @JsonPropertyDescription(
                "LengthBuckets (texts of similar length together: less padding) or Random. Default LengthBuckets.")
        BatchOrder batchOrder,

        @Default("{}")
        @DefaultsInside("{clipNorm: 1, warmupFraction: 0.05}")
        @JsonPropertyDescription(
                "What is rarely changed about the optimiser. Default {}: AdamW, weight decay 0.01, 5 % warm-up, linear "
                        + "decay, clipping at norm 1.")
        Optimiser optimiser)
        implements MethodSettings {}
