package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;

/// The supervised contrastive loss of Yu & Joty (2021), equation 2: texts of one class near each other. The paper names
/// neither weight nor temperature; the defaults lie in the range that Gunel et al. (2020) search.
public record LabelAlignment(
        @Default("Both")
        @Meaning("Which texts of a batch take part: Both (labelled texts and translations), Labelled, Translations, "
                + "or Nothing: no label alignment.")
        AlignedTexts texts,

        @Range(min = 0, max = 1000) @Default("0.5") @Meaning("Weight of the loss beside the cross-entropy (lambda_LA).")
        double weight,

        @Range(min = 0.001, max = 1000) @Default("0.3") @Meaning("Temperature (tau).")
        double temperature) {

    public LabelAlignment {
        Bounds.check(LabelAlignment.class, texts, weight, temperature);
    }

    /// The texts that label alignment is applied to.
    public enum AlignedTexts {
        Both,
        Labelled,
        Translations,
        Nothing
    }
}
