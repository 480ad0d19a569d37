package dev.isogloss.api.run;

import dev.isogloss.api.method.Selection;

/// What the strategies of a run have in common: how often, how much, how sure.
public sealed interface RoundSettings permits CoTrainingStrategy, SelfTrainingStrategy {

    int rounds();

    /// A pseudo-label is trusted where the highest probability is greater than this.
    double confidence();

    /// At most ⌊n · this⌋ pseudo-labels are selected a round; n is the number of labelled examples.
    double sampleFraction();

    boolean reinitialise();

    Selection.Keep keep();

    int patience();

    Pooling targets();

    String poolSplit();

    /// The strategy's name: the field that holds these settings.
    default String strategy() {
        return switch (this) {
            case CoTrainingStrategy _ -> "coTraining";
            case SelfTrainingStrategy _ -> "selfTraining";
        };
    }
}
