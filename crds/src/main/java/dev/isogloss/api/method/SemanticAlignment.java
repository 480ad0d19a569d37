package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;

/// The second phase of Yu & Joty (2021), equations 4 and 5, on translations only: a text near its translations, far
/// from texts of other classes. The paper says that its learning rate is smaller, and gives none of these numbers.
public record SemanticAlignment(
        @Range(min = 0, max = 10000) @Default("1") @Meaning("Passes over the translated texts; 0 leaves the phase out.")
        double epochs,

        @Range(above = 0, max = 10) @Default("0.00001") @Meaning("Highest learning rate of the phase. Default 1e-5.")
        double learningRate,

        @Range(min = 0, max = 1000) @Default("0.5") @Meaning("Weight of the loss beside the cross-entropy (lambda_SA).")
        double weight,

        @Range(min = 0.001, max = 1000) @Default("0.3") @Meaning("Temperature (tau).")
        double temperature,

        @Range(min = 1, max = 1024)
        @Default("1")
        @Meaning("Texts an update, each with its translations and as many texts of other classes in a batch of its "
                + "own.")
        int textsPerUpdate) {

    public SemanticAlignment {
        Bounds.check(SemanticAlignment.class, epochs, learningRate, weight, temperature, textsPerUpdate);
    }
}
