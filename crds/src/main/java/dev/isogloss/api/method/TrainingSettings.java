package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.above;
import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Limits;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// The hyperparameters of every training by gradients. In a manifest they stand beside those of the method, which gives
/// their defaults.
public record TrainingSettings(
        @Min(value = 0, inclusive = false)
        @Max(10000)
        @JsonPropertyDescription("Passes over the data; fractions are fine.")
        double epochs,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription("Stop after so many updates even if epochs are left. Without it: no limit.")
        @Nullable
        Integer maxUpdates,

        @Min(1) @Max(65536) @JsonPropertyDescription("Examples a batch.")
        int batchSize,

        @Min(0) @Max(0.95) @Default("0.1") @JsonPropertyDescription("Dropout of encoder and head.")
        double dropout,

        @Default("LengthBuckets")
        @JsonPropertyDescription("LengthBuckets (shuffled, texts of similar length together: less padding) or Random.")
        BatchOrder batchOrder,

        @Defaulted
        @JsonPropertyDescription(
                "What is rarely changed about the optimiser. Default {}: AdamW, weight decay 0.01, 10 %"
                        + " warm-up, linear decay, no clipping.")
        Optimiser optimiser) {

    public TrainingSettings {
        above("epochs", epochs, 0, 10000);
        within("maxUpdates", maxUpdates, 1, Limits.UPDATES);
        within("batchSize", batchSize, 1, 65536);
        within("dropout", dropout, 0, 0.95);
        present("batchOrder", batchOrder);
        present("optimiser", optimiser);
    }
}
