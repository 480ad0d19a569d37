package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Patterns;
import dev.isogloss.api.task.Metric;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of a training's checkpoints is kept.
public record Selection(
        @Default("Best")
        @JsonPropertyDescription(
                "Best (by the metric on a split), Last, or Better: the best if it scores higher than the model that the"
                        + " training goes on from, else that model (so Bari et al. 2021 accept one). Default Best.")
        Keep keep,

        @JsonPropertyDescription(
                "By which score. Without it: the task's main one (Accuracy, SpanF1 for entities, LabelledAttachment for "
                        + "parsing).")
        @Nullable
        Metric metric,

        @Size(min = 1, max = 32)
        @Pattern(Patterns.SPLIT)
        @Default("dev")
        @JsonPropertyDescription("On which split. Default dev.")
        String split,

        @Size(min = 1, max = 128)
        @Distinct
        @JsonPropertyDescription("On which languages (mean of their scores). Without it: the languages trained on.")
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.LANGUAGE) String> languages,

        @Min(0)
        @Max(1000000)
        @Default("0")
        @JsonPropertyDescription("Stop after so many evaluations without a better score; 0 means never. Default 0.")
        int patience) {

    /// What happens with the checkpoints.
    public enum Keep {
        Best,
        Last,
        Better
    }
}
