package dev.isogloss.api;

/// AdamW and what happens around it.
public record Optimiser(
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        double clipNorm,
        Schedule schedule,
        double warmupFraction) {}
