package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// AdamW and what happens around it.
public record Optimiser(
        @Min(0)
        @Max(10)
        @Default("0.01")
        @JsonPropertyDescription("Decoupled weight decay of everything but biases and layer norms. Default 0.01.")
        double weightDecay,

        @Min(0) @Max(0.99999) @Default("0.9") @JsonPropertyDescription("Decay of the gradient's mean. Default 0.9.")
        double beta1,

        @Min(0)
        @Max(0.9999999)
        @Default("0.999")
        @JsonPropertyDescription("Decay of the gradient's square. Default 0.999.")
        double beta2,

        @Min(1e-15) @Max(1) @Default("0.00000001") @JsonPropertyDescription("Added to the denominator. Default 1e-8.")
        double epsilon,

        @Min(0)
        @Max(1000000)
        @Default("0")
        @JsonPropertyDescription("Greatest norm of the whole gradient; 0 means no limit. Default 0 (pretrain: 1).")
        double clipNorm,

        @Default("Linear")
        @JsonPropertyDescription(
                "How the learning rate moves after the warm-up: Linear (down to 0), Constant or Cosine. Default Linear.")
        Schedule schedule,

        @Min(0)
        @Max(1)
        @Default("0.1")
        @JsonPropertyDescription(
                "Share of the updates in which the learning rate rises from 0. Default 0.1 (pretrain: 0.05; a run's"
                        + " models and languageAdaptation: 0).")
        double warmupFraction) {

    public Optimiser {
        within("weightDecay", weightDecay, 0, 10);
        within("beta1", beta1, 0, 0.99999);
        within("beta2", beta2, 0, 0.9999999);
        within("epsilon", epsilon, 1e-15, 1);
        within("clipNorm", clipNorm, 0, 1000000);
        present("schedule", schedule);
        within("warmupFraction", warmupFraction, 0, 1);
    }
}
