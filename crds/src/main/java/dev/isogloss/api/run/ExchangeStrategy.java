package dev.isogloss.api.run;

/// A strategy in which each model hands on the labels that it trusts most, some in each round.
public sealed interface ExchangeStrategy extends RoundStrategy permits CoTrainingStrategy, SelfTrainingStrategy {
    RoundSettings settings();

    @Override
    default int rounds() {
        return settings().rounds();
    }

    @Override
    default Pooling targets() {
        return settings().targets();
    }

    @Override
    default String poolSplit() {
        return settings().poolSplit();
    }
}
