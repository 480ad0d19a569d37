package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// The supervised contrastive loss of Yu & Joty (2021), equation 2: texts of one class near each other. The paper names
/// neither weight nor temperature; the defaults lie in the range that Gunel et al. (2020) search.
public record LabelAlignment(
        @Default("Both")
        @JsonPropertyDescription(
                "Which texts of a batch take part: Both (labelled texts and translations), Labelled, Translations, or "
                        + "Nothing: no label alignment. Default Both.")
        AlignedTexts texts,

        @Min(0)
        @Max(1000)
        @Default("0.5")
        @JsonPropertyDescription("Weight of the loss beside the cross-entropy (lambda_LA). Default 0.5.")
        double weight,

        @Min(0.001) @Max(1000) @Default("0.3") @JsonPropertyDescription("Temperature (tau). Default 0.3.")
        double temperature) {

    public LabelAlignment {
        present("texts", texts);
        within("weight", weight, 0, 1000);
        within("temperature", temperature, 0.001, 1000);
    }

    /// The texts that label alignment is applied to.
    public enum AlignedTexts {
        Both,
        Labelled,
        Translations,
        Nothing
    }
}
