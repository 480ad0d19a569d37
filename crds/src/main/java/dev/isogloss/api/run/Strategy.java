package dev.isogloss.api.run;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The strategy of a run: exactly one member.
@ValidationRule(
        value = "[has(self.coTraining), has(self.selfTraining)].filter(given, given).size() == 1",
        message = "a strategy is exactly one of coTraining and selfTraining")
public record Strategy(
        @Meaning("Models hand each other the pseudo-labels they trust; {} takes every default.") @Nullable
        CoTrainingStrategy coTraining,

        @Meaning("Each model learns from its own pseudo-labels; {} takes every default.") @Nullable
        SelfTrainingStrategy selfTraining) {

    public Strategy {
        if ((coTraining == null) == (selfTraining == null))
            throw new InvalidInput("A strategy is exactly one of coTraining and selfTraining.");
    }

    /// The one member that is set.
    public RoundStrategy chosen() {
        return coTraining != null ? coTraining : Objects.requireNonNull(selfTraining);
    }
}
