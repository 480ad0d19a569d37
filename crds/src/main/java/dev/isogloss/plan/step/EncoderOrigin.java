package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Architecture;
import dev.isogloss.api.encoder.TokenizerSpec;
import java.util.Set;

/// What a step's encoder is before the step touches it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "origin")
public sealed interface EncoderOrigin {

    /// The steps that make this encoder: none, unless it is the model of another step.
    @JsonIgnore
    default Set<StepKey> inputs() {
        return this instanceof FromStep made ? Set.of(made.by()) : Set.of();
    }

    /// A published encoder, by name and version; where it lies is not part of its identity.
    @JsonTypeName("Published")
    record Published(String name, String version) implements EncoderOrigin {}

    /// Weights drawn from the step's seed and a tokenizer trained on the step's corpus.
    @JsonTypeName("Fresh")
    record Fresh(Architecture architecture, TokenizerSpec tokenizer) implements EncoderOrigin {}

    /// The model that another step left in the store.
    @JsonTypeName("FromStep")
    record FromStep(StepKey by) implements EncoderOrigin {}
}
