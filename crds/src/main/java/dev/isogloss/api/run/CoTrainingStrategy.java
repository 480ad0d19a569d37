package dev.isogloss.api.run;

import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// Strategy `coTraining`: models hand each other the pseudo-labels they trust (Yu & Joty, 2021, Algorithm 1).
public record CoTrainingStrategy(@JsonUnwrapped RoundSettings settings) implements RoundStrategy {

    public CoTrainingStrategy {
        present("settings", settings);
    }
}
