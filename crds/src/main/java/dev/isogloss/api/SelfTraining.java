package dev.isogloss.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// Strategy `selfTraining`: each model learns from its own pseudo-labels, with the accounting of `coTraining`.
public record SelfTraining(
        @Min(1) @Max(100) @Default("5") @JsonPropertyDescription("How often it trains, labels and selects. Default 5.")
        int rounds,

        @Min(0)
        @Max(1)
        @Default("0.9")
        @JsonPropertyDescription("A pseudo-label is trusted where the highest probability exceeds this. Default 0.9.")
        double confidence,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @Default("0.333")
        @JsonPropertyDescription(
                "At most this share of the number of labelled examples is added a round. Default 0.333.")
        double sampleFraction,

        @Default("true")
        @JsonPropertyDescription(
                "Train from the starting encoder in each round (true) or go on from the last round's model. Default true.")
        boolean reinitialise) {}
