package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.form;
import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// The settings that all adaptations to a target language share: the texts they read, and the checkpoint they keep.
public record TargetSettings(
        @Size(min = 1, max = 32)
        @Pattern(Patterns.SPLIT)
        @Default("train")
        @JsonPropertyDescription("Split of the target whose texts are read, without their labels.")
        String unlabelledSplit,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription(
                "Updates between evaluations. Without it: once an epoch if selection asks for scores, else never.")
        @Nullable
        Integer evaluateEvery,

        @Defaulted
        @DefaultsInside("{keep: Last}")
        @JsonPropertyDescription(
                "Which checkpoint is kept. Default {}: the last. Without languages: scored on the source.")
        Selection selection) {

    public TargetSettings {
        present("unlabelledSplit", unlabelledSplit);
        form("unlabelledSplit", unlabelledSplit, 32, Patterns.SPLIT);
        within("evaluateEvery", evaluateEvery, 1, Limits.UPDATES);
        present("selection", selection);
    }

    TargetSettings with(Selection other) {
        return new TargetSettings(unlabelledSplit, evaluateEvery, other);
    }
}
