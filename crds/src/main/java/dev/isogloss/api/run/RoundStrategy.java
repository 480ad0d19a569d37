package dev.isogloss.api.run;

/// A strategy of a run: whose pseudo-labels a model learns from.
public sealed interface RoundStrategy permits ExchangeStrategy, TriTrainingStrategy {
    int rounds();

    Pooling targets();

    /// The targets' split that models label.
    String poolSplit();
}
