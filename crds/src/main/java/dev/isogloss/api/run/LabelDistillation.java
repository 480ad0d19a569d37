package dev.isogloss.api.run;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The labels that a model is trusted with before two of them are compared (Bari et al., ACL 2021, section 3.3, who
/// call this distillation).
@ValidationRule(
        value = "!has(self.fraction) || self.by == 'Confidence'",
        message = "fraction is for by: Confidence; write posterior for by: Mixture",
        fieldPath = ".fraction")
@ValidationRule(
        value = "!has(self.posterior) || self.by == 'Mixture'",
        message = "posterior is for by: Mixture; write fraction for by: Confidence",
        fieldPath = ".posterior")
public record LabelDistillation(
        @Default("Confidence")
        @Meaning(
                "Confidence (the share that the model is surest of) or Mixture (those of the component with the lower losses,"
                        + " of a mixture of two normal distributions).")
        By by,

        @Meaning(
                "With by: Confidence, the share of each round. Without it: 0.8 in the first round, then 1 (table 8, named"
                        + " entities).")
        @Nullable
        @Items(max = 20)
        List<@Range(min = 0, max = 1) Double> fraction,

        @Meaning(
                "With by: Mixture, labels of the cleaner component count whose probability exceeds this. Without it: 0.5"
                        + " (table 8).")
        @Nullable
        @Range(min = 0, max = 1)
        Double posterior) {

    public LabelDistillation {
        Bounds.check(LabelDistillation.class, by, fraction, posterior);
        if (fraction != null) fraction = List.copyOf(fraction);
    }

    /// The measure of trust.
    public enum By {
        Confidence,
        Mixture
    }

    /// η of a round, counted from 1; null with by: Mixture.
    public @Nullable Double fractionOf(int round) {
        if (by == By.Mixture) return null;
        if (fraction == null) return round == 1 ? 0.8 : 1.0;
        return fraction.get(round - 1);
    }

    /// Null with by: Confidence.
    public @Nullable Double posteriorOrDefault() {
        if (by == By.Confidence) return null;
        return posterior == null ? Double.valueOf(0.5) : posterior;
    }
}
