package dev.isogloss.api.run;

/// A strategy of a run: whose pseudo-labels a model learns from.
public sealed interface RoundStrategy permits CoTrainingStrategy, SelfTrainingStrategy {
    RoundSettings settings();
}
