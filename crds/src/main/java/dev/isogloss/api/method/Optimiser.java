package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;

/// AdamW and what happens around it.
public record Optimiser(
        @Range(min = 0, max = 10)
        @Default("0.01")
        @Meaning("Decoupled weight decay of everything but biases and layer norms.")
        double weightDecay,

        @Range(min = 0, max = 0.99999) @Default("0.9") @Meaning("Decay of the gradient's mean.")
        double beta1,

        @Range(min = 0, max = 0.9999999) @Default("0.999") @Meaning("Decay of the gradient's square.")
        double beta2,

        @Range(min = 1e-15, max = 1) @Default("0.00000001") @Meaning("Added to the denominator. Default 1e-8.")
        double epsilon,

        @Range(min = 0, max = 1000000)
        @Default("0")
        @Meaning("Greatest norm of the whole gradient; 0 means no limit. Default 0 (pretrain: 1).")
        double clipNorm,

        @Default("Linear")
        @Meaning("How the learning rate moves after the warm-up: Linear (down to 0), Constant or Cosine.")
        Schedule schedule,

        @Range(min = 0, max = 1)
        @Default("0.1")
        @Meaning("Share of the updates in which the learning rate rises from 0. Default 0.1 (pretrain: 0.05; a run's "
                + "models and languageAdaptation: 0).")
        double warmupFraction) {

    public Optimiser {
        Bounds.check(Optimiser.class, weightDecay, beta1, beta2, epsilon, clipNorm, schedule, warmupFraction);
    }
}
