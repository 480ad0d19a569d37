package dev.isogloss.api.run;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The strategy of a run: exactly one member.
@ValidationRule(
        value =
                "[has(self.coTraining), has(self.selfTraining), has(self.triTraining)].filter(given, given).size() == 1",
        message = "a strategy is exactly one of coTraining, selfTraining and triTraining")
public record Strategy(
        @Meaning("Models hand each other the pseudo-labels they trust; {} takes every default.") @Nullable
        CoTrainingStrategy coTraining,

        @Meaning("Each model learns from its own pseudo-labels; {} takes every default.") @Nullable
        SelfTrainingStrategy selfTraining,

        @Meaning("Two of three models teach the third; {} takes every default.") @Nullable
        TriTrainingStrategy triTraining) {

    public Strategy {
        if (Stream.of(coTraining, selfTraining, triTraining)
                        .filter(Objects::nonNull)
                        .count()
                != 1) throw new InvalidInput("A strategy is exactly one of coTraining, selfTraining and triTraining.");
    }

    /// The one member that is set.
    public RoundStrategy chosen() {
        if (coTraining != null) return coTraining;
        return selfTraining != null ? selfTraining : Objects.requireNonNull(triTraining);
    }
}
