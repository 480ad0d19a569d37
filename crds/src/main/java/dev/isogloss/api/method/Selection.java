package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.task.Metric;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The choice among a training's checkpoints.
public record Selection(
        @Default("Best")
        @Meaning("Best (by the metric on a split), Last, or Better: the best if it scores higher than the model that "
                + "the training goes on from, else that model (so Bari et al. 2021 accept one).")
        Keep keep,

        @Meaning("By which score. Without it: the task's main one (Accuracy, SpanF1 for entities, LabelledAttachment "
                + "for parsing).")
        @Nullable
        Metric metric,

        @Matches(Form.Split) @Default("dev") @Meaning("On which split.")
        String split,

        @Items(max = 128, distinct = true)
        @Meaning("On which languages (mean of their scores). Without it: the languages trained on.")
        @Nullable
        List<@Matches(Form.Language) String> languages,

        @Range(min = 0, max = 1000000)
        @Default("0")
        @Meaning("Stop after so many evaluations without a better score; 0 means never.")
        int patience) {

    public Selection {
        Bounds.check(Selection.class, keep, metric, split, languages, patience);
        if (languages != null) languages = List.copyOf(languages);
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
