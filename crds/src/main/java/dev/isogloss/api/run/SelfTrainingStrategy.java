package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.schema.Bounds;

/// Strategy `selfTraining`: each model learns from its own pseudo-labels, with the accounting of `coTraining`.
public record SelfTrainingStrategy(@JsonUnwrapped RoundSettings settings) implements ExchangeStrategy {

    public SelfTrainingStrategy {
        Bounds.check(SelfTrainingStrategy.class, settings);
    }
}
