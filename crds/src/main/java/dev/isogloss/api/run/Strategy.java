package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.InvalidInput;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The strategy of a run: exactly one member.
@ValidationRule(
        value = "[has(self.coTraining), has(self.selfTraining)].filter(given, given).size() == 1",
        message = "a strategy is exactly one of coTraining and selfTraining")
public record Strategy(
        @JsonPropertyDescription("Models hand each other the pseudo-labels they trust; {} takes every default.")
        @Nullable
        CoTrainingStrategy coTraining,

        @JsonPropertyDescription("Each model learns from its own pseudo-labels; {} takes every default.") @Nullable
        SelfTrainingStrategy selfTraining) {

    /// The one member that is set.
    public RoundStrategy chosen() {
        if (coTraining != null) return coTraining;
        if (selfTraining != null) return selfTraining;
        throw new InvalidInput("spec.strategy names no strategy; write one of coTraining and selfTraining.");
    }
}
