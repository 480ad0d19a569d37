package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A taint that the pods put up with, as in a pod's own spec.
@ValidationRule(
        value = "self.operator == 'Equal' ? has(self.key) : !has(self.value)",
        message = "operator Equal needs a key (and a value); operator Exists takes no value")
public record Toleration(
        @Length(max = 253)
        @Meaning("The taint's key. Without it: every taint (operator must be Exists then).")
        @Nullable
        String key,

        @Default("Exists") @Meaning("Exists, or Equal (the value counts too).")
        Operator operator,

        @Length(min = 0, max = 63) @Meaning("The taint's value, for Equal.") @Nullable
        String value,

        @Meaning("NoSchedule, PreferNoSchedule or NoExecute. Without it: all three.") @Nullable
        Effect effect,

        @Range(min = 0, max = Limits.SEED)
        @Meaning("Seconds until a pod leaves after a NoExecute taint. Without it: never.")
        @Nullable
        Long tolerationSeconds) {

    /// The comparison of key and value.
    public enum Operator {
        Exists,
        Equal
    }

    /// The effect of the taint on pods that do not tolerate it.
    public enum Effect {
        NoSchedule,
        PreferNoSchedule,
        NoExecute
    }
}
