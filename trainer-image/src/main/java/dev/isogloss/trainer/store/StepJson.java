package dev.isogloss.trainer.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.isogloss.plan.StepSpec;

/// The bytes a step's key hashes.
final class StepJson {

    private StepJson() {}

    static String of(StepSpec spec) {
        try {
            return StoreJson.MAPPER
                    .writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
