package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.above;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// The second phase of Yu & Joty (2021), equations 4 and 5, on translations only: a text near its translations, far
/// from texts of other classes. The paper says that its learning rate is smaller, and gives none of these numbers.
public record SemanticAlignment(
        @Min(0)
        @Max(10000)
        @Default("1")
        @JsonPropertyDescription("Passes over the translated texts; 0 leaves the phase out. Default 1.")
        double epochs,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @Default("0.00001")
        @JsonPropertyDescription("Highest learning rate of the phase. Default 1e-5.")
        double learningRate,

        @Min(0)
        @Max(1000)
        @Default("0.5")
        @JsonPropertyDescription("Weight of the loss beside the cross-entropy (lambda_SA). Default 0.5.")
        double weight,

        @Min(0.001) @Max(1000) @Default("0.3") @JsonPropertyDescription("Temperature (tau). Default 0.3.")
        double temperature,

        @Min(1)
        @Max(1024)
        @Default("1")
        @JsonPropertyDescription(
                "Texts an update, each with its translations and as many texts of other classes in a batch of its own. "
                        + "Default 1.")
        int textsPerUpdate) {

    public SemanticAlignment {
        within("epochs", epochs, 0, 10000);
        above("learningRate", learningRate, 0, 10);
        within("weight", weight, 0, 1000);
        within("temperature", temperature, 0.001, 1000);
        within("textsPerUpdate", textsPerUpdate, 1, 1024);
    }
}
