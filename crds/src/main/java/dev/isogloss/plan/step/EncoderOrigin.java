package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Architecture;
import dev.isogloss.api.encoder.TokenizerSpec;
import dev.isogloss.api.schema.Bounds;
import java.util.List;
import java.util.Optional;

/// The encoder of a step before the step touches it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "origin")
public sealed interface EncoderOrigin {

    /// The inputs of which this encoder is read: none for one that is made here.
    default List<Input> reads() {
        return switch (this) {
            case Published published -> List.of(new Input.PublishedEncoder(published));
            case FromStep made -> List.of(new Input.StepOutput(made.by()));
            case Fresh _ -> List.of();
        };
    }

    /// @throws IllegalArgumentException unless the encoder is there already: only pretraining makes one
    default void requireMade(String kind) {
        if (this instanceof Fresh)
            throw new IllegalArgumentException(
                    kind + " starts from an encoder that exists, and only Pretrain makes one: pretrain it first");
    }

    /// The step whose model this encoder is.
    default Optional<StepKey> step() {
        return this instanceof FromStep made ? Optional.of(made.by()) : Optional.empty();
    }

    /// A published encoder, by name and version; where it lies is not part of its identity.
    @JsonTypeName("Published")
    record Published(String name, String version) implements EncoderOrigin {
        public Published {
            Bounds.notBlank("the encoder's name", name);
            Bounds.notBlank("the encoder's version", version);
        }
    }

    /// Weights drawn from the step's seed and a tokenizer trained on the step's corpus.
    @JsonTypeName("Fresh")
    record Fresh(Architecture architecture, TokenizerSpec tokenizer) implements EncoderOrigin {}

    /// The model that another step left in the store.
    @JsonTypeName("FromStep")
    record FromStep(StepKey by) implements EncoderOrigin {}
}
