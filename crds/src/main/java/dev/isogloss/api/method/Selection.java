package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.form;
import static dev.isogloss.api.schema.Bounds.names;
import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonIgnore;
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

/// The choice among a training's checkpoints.
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

    public Selection {
        present("keep", keep);
        present("split", split);
        form("split", split, 32, Patterns.SPLIT);
        if (languages != null) languages = names("languages", languages, 128, Patterns.LANGUAGE);
        within("patience", patience, 0, 1000000);
    }

    /// True if checkpoints are scored: to keep the best, or to know when to stop.
    @JsonIgnore
    public boolean isScored() {
        return keep != Keep.Last || patience > 0;
    }

    /// The checkpoint that is kept.
    public enum Keep {
        Best,
        Last,
        Better
    }
}
