package dev.isogloss.trainer.task;

import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.FineTune.PenaltyOver;

/// The terms of a head's loss.
///
/// @param labelSmoothing    share of the target probability that is spread over all labels
/// @param confidencePenalty weight w of the negative entropy beside the cross-entropy (Bari et al. 2021, eq. 1):
///                          L = CE + w · (1/m) Σₘ Σ_c p(c)·log p(c)
/// @param penaltyOver       the predictions that m counts
public record Criterion(double labelSmoothing, double confidencePenalty, PenaltyOver penaltyOver) {

    public static final Criterion CROSS_ENTROPY = new Criterion(0, 0, PenaltyOver.Labels);

    public static Criterion of(FineTune settings) {
        return new Criterion(settings.labelSmoothing(), settings.confidencePenalty(), settings.penaltyOver());
    }
}
