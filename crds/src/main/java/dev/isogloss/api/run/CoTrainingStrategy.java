package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.schema.Bounds;

/// Strategy `coTraining`: models hand each other the pseudo-labels they trust (Yu & Joty, 2021, Algorithm 1).
public record CoTrainingStrategy(@JsonUnwrapped RoundSettings settings) implements ExchangeStrategy {

    public CoTrainingStrategy {
        Bounds.check(CoTrainingStrategy.class, settings);
    }
}
