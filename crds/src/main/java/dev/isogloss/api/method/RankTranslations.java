package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Limits;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// How an encoder learns sentence vectors from translation pairs: of all translations in a batch, each text's own is to
/// lie nearest (LaBSE: Feng et al., 2020). A text's vector is the pooler's output, normalised.
public record RankTranslations(
        @Min(value = 0, inclusive = false)
        @Max(10000)
        @Default("1")
        @JsonPropertyDescription("Passes over the pairs; fractions are fine. Default 1.")
        double epochs,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription("Stop after so many updates even if epochs are left. Without it: no limit.")
        @Nullable
        Integer maxUpdates,

        @Min(2)
        @Max(65536)
        @Default("64")
        @JsonPropertyDescription("Pairs a batch: each text is told apart from so many translations. Default 64.")
        int batchSize,

        @Min(8)
        @Max(8192)
        @Default("64")
        @JsonPropertyDescription("Longest text in pieces, special ones included; longer texts are cut. Default 64.")
        int maxLength,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @Default("0.0002")
        @JsonPropertyDescription(
                "Highest learning rate. Default 2e-4, for a small encoder; a published one wants 2e-5 or less.")
        double learningRate,

        @Min(0)
        @Max(2)
        @Default("0.3")
        @JsonPropertyDescription(
                "Taken from the cosine of each text and its own translation. Default 0.3, as in LaBSE.")
        double margin,

        @Min(value = 0, inclusive = false)
        @Max(1000)
        @Default("20")
        @JsonPropertyDescription("Cosines are multiplied by this before the softmax. Default 20.")
        double scale,

        @Min(0) @Max(0.95) @Default("0.1") @JsonPropertyDescription("Dropout of the encoder. Default 0.1.")
        double dropout,

        @Default("LengthBuckets")
        @JsonPropertyDescription(
                "LengthBuckets (pairs of similar length together: less padding) or Random. Default LengthBuckets.")
        BatchOrder batchOrder,

        @Default("{}")
        @JsonPropertyDescription(
                "What is rarely changed about the optimiser. Default {}: AdamW, weight decay 0.01, 10 % warm-up, linear "
                        + "decay, no clipping.")
        Optimiser optimiser) {}
