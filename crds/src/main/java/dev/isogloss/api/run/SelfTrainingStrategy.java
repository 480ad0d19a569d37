package dev.isogloss.api.run;

import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.isogloss.json.FlatRecord;

/// Strategy `selfTraining`: each model learns from its own pseudo-labels, with the accounting of `coTraining`.
@JsonDeserialize(using = FlatRecord.class)
public record SelfTrainingStrategy(@JsonUnwrapped RoundSettings settings) implements RoundStrategy {

    public SelfTrainingStrategy {
        present("settings", settings);
    }
}
