package dev.isogloss.api.run;

import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.isogloss.json.FlatRecord;

/// Strategy `coTraining`: models hand each other the pseudo-labels they trust (Yu & Joty, 2021, Algorithm 1).
@JsonDeserialize(using = FlatRecord.class)
public record CoTrainingStrategy(@JsonUnwrapped RoundSettings settings) implements RoundStrategy {

    public CoTrainingStrategy {
        present("settings", settings);
    }
}
