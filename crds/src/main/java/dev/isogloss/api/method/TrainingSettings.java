package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The hyperparameters of every training by gradients. In a manifest they stand beside those of the method, which gives
/// their defaults.
public record TrainingSettings(
        @Range(above = 0, max = 10000) @Meaning("Passes over the data; fractions are fine.")
        double epochs,

        @Range(min = 1, max = Limits.UPDATES)
        @Meaning("Stop after so many updates even if epochs are left. Without it: no limit.")
        @Nullable
        Integer maxUpdates,

        @Range(min = 1, max = 65536) @Meaning("Examples a batch.")
        int batchSize,

        @Range(min = 0, max = 0.95) @Default("0.1") @Meaning("Dropout of encoder and head.")
        double dropout,

        @Default("LengthBuckets")
        @Meaning(
                "LengthBuckets (shuffled, texts of similar length together: on a GPU less padding) or Random (as papers draw; on a CPU it costs hardly more).")
        BatchOrder batchOrder,

        @Defaulted
        @Meaning("What is rarely changed about the optimiser. Default {}: AdamW, weight decay 0.01, 10 % warm-up, "
                + "linear decay, no clipping.")
        Optimiser optimiser) {

    public TrainingSettings {
        Bounds.check(TrainingSettings.class, epochs, maxUpdates, batchSize, dropout, batchOrder, optimiser);
    }
}
