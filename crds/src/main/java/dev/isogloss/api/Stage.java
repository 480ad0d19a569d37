package dev.isogloss.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One stage of an experiment: exactly one method, named by its field.
@ValidationRule(
        value = "[has(self.pretrain), has(self.fineTune)].filter(given, given).size() == 1",
        message =
                "a stage is exactly one method: pretrain or fineTune; write further methods as further items of the list")
public record Stage(
        @Size(min = 1, max = 32)
        @Pattern(Patterns.DNS_LABEL_ANY_CASE)
        @JsonPropertyDescription(
                "How tables call this stage. Without it: the method's name, numbered from the second on (fineTune-2).")
        @Nullable
        String name,

        @JsonPropertyDescription("Continue masked-language modelling on the corpus, for each seed.") @Nullable
        Pretrain pretrain,

        @JsonPropertyDescription("Train encoder and head on labelled examples; {} takes every default.") @Nullable
        FineTune fineTune) {

    /// The one member that is set.
    public MethodSettings settings() {
        if (pretrain != null) return pretrain;
        if (fineTune != null) return fineTune;
        throw new InvalidInput("A stage names no method; write one of pretrain and fineTune.");
    }
}
