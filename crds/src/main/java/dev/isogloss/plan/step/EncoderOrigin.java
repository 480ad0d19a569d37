package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Architecture;
import dev.isogloss.api.encoder.TokenizerSpec;
import java.util.List;
import java.util.Optional;

/// The encoder of a step before the step touches it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "origin")
public sealed interface EncoderOrigin {

    /// What is read to have this encoder: nothing for one that is made here.
    default List<Input> reads() {
        return switch (this) {
            case Published published -> List.of(new Input.PublishedEncoder(published));
            case FromStep made -> List.of(new Input.StepOutput(made.by()));
            case Fresh _ -> List.of();
        };
    }

    /// The step whose model this encoder is.
    default Optional<StepKey> step() {
        return this instanceof FromStep made ? Optional.of(made.by()) : Optional.empty();
    }

    /// A published encoder, by name and version; where it lies is not part of its identity.
    @JsonTypeName("Published")
    record Published(String name, String version) implements EncoderOrigin {
        public Published {
            Require.name(name, "the encoder's name");
            Require.name(version, "the encoder's version");
        }
    }

    /// Weights drawn from the step's seed and a tokenizer trained on the step's corpus.
    @JsonTypeName("Fresh")
    record Fresh(Architecture architecture, TokenizerSpec tokenizer) implements EncoderOrigin {}

    /// The model that another step left in the store.
    @JsonTypeName("FromStep")
    record FromStep(StepKey by) implements EncoderOrigin {}
}
