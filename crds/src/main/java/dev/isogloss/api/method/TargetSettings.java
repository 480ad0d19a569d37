package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The settings that all adaptations to a target language share: the texts they read, and the checkpoint they keep.
public record TargetSettings(
        @Matches(Form.Split)
        @Default("train")
        @Meaning("Split of the target whose texts are read, without their labels.")
        String unlabelledSplit,

        @Range(min = 1, max = Limits.UPDATES)
        @Meaning("Updates between evaluations. Without it: once an epoch if selection asks for scores, else never.")
        @Nullable
        Integer evaluateEvery,

        @Defaulted
        @DefaultsInside("{keep: Last}")
        @Meaning("Which checkpoint is kept. Default {}: the last. Without languages: scored on the source.")
        Selection selection) {

    public TargetSettings {
        Bounds.check(TargetSettings.class, unlabelledSplit, evaluateEvery, selection);
    }

    TargetSettings with(Selection other) {
        return new TargetSettings(unlabelledSplit, evaluateEvery, other);
    }
}
