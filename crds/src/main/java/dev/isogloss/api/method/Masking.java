package dev.isogloss.api.method;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/// The masking of masked-language modelling (Devlin et al., NAACL 2019, §3.1).
@ValidationRule(
        value = "!has(self.replacedByMask) || !has(self.replacedByRandom) || "
                + "double(self.replacedByMask) + double(self.replacedByRandom) <= 1.0",
        message = "replacedByMask and replacedByRandom must not exceed 1 together")
public record Masking(
        @Range(min = 0.01, max = 0.9) @Default("0.15") @Meaning("Share of the pieces to be predicted.")
        double fraction,

        @Range(min = 0, max = 1) @Default("0.8") @Meaning("Share of those that are shown as the mask.")
        double replacedByMask,

        @Range(min = 0, max = 1)
        @Default("0.1")
        @Meaning("Share of those that are shown as a random piece; the rest stays as it is.")
        double replacedByRandom,

        @Default("false") @Meaning("Hide all pieces of a word together.")
        boolean wholeWord) {

    public Masking {
        Bounds.check(Masking.class, fraction, replacedByMask, replacedByRandom, wholeWord);
        if (replacedByMask + replacedByRandom > 1)
            throw new InvalidInput("replacedByMask and replacedByRandom must not exceed 1 together.");
    }
}
