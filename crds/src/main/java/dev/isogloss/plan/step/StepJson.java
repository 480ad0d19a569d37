package dev.isogloss.plan.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.api.method.RobustTraining;
import dev.isogloss.api.method.TargetAdaptation;

/// From JSON back to specs. A file or a TrainingStep of a newer version may hold more than this one knows.
public final class StepJson {
    private static final JsonMapper MAPPER = register(JsonMapper.builder())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StepJson() {}

    /// Tells a mapper all kinds of steps, of encoders, of adaptations and of robust trainings.
    public static JsonMapper.Builder register(JsonMapper.Builder mapper) {
        return mapper.registerSubtypes(StepSpec.class.getPermittedSubclasses())
                .registerSubtypes(EncoderOrigin.class.getPermittedSubclasses())
                .registerSubtypes(TargetAdaptation.class.getPermittedSubclasses())
                .registerSubtypes(RobustTraining.class.getPermittedSubclasses());
    }

    /// @throws JsonProcessingException if it is no step of a kind that this version knows
    public static StepSpec read(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, StepSpec.class);
    }
}
