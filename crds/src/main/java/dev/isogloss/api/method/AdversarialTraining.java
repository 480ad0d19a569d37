package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Stage `adversarialTraining`: supervised training on embeddings that are changed so that the loss grows: by projected
/// ascent for each token (Huang et al., 2021), or by one step on the whole word table (Miyato et al., 2017).
@ValidationRule(
        value = "self.perturb != 'WordTable' || self.steps == 1",
        message = "perturb: WordTable takes one step: write steps: 1")
@ValidationRule(
        value = "self.perturb != 'WordTable' || !has(self.stepSize)",
        message = "perturb: WordTable takes one step of length radius: leave stepSize out")
@JsonTypeName("adversarialTraining")
public record AdversarialTraining(
        @Defaulted
        @DefaultsInside(Ear.ROBUST_DEFAULTS)
        @Meaning("The training on changed embeddings, as a fineTune stage. Default {}: one epoch of batches of 32 at "
                + "2e-5, no decay, no warm-up, gradients clipped at norm 1.")
        @Nullable
        FineTune fineTune,

        @Default("EmbeddingOutput")
        @Meaning("What is changed: EmbeddingOutput (what the first layer reads, each token by itself) or WordTable "
                + "(the table of words as a whole; FGM).")
        Perturb perturb,

        @Range(min = 0, max = 1000)
        @Default("0.3")
        @Meaning("Greatest norm ε of the change: of a token, or of the word table. The embedding of a token has a norm "
                + "of 5 to 15.")
        double radius,

        @Range(min = 1, max = 20) @Default("2") @Meaning("Steps of ascent. With perturb: WordTable: 1.")
        int steps,

        @Range(above = 0, max = 1000) @Meaning("Length η of a step. Without it: 1.5 · radius / steps.") @Nullable
        Double stepSize,

        @Default("false") @Meaning("Whether the loss of the unchanged input is added.")
        boolean clean)
        implements RobustTraining {

    /// Of the steps' lengths together, how much longer than the radius they are where nothing is said.
    private static final double REACH = 1.5;

    public AdversarialTraining {
        Bounds.check(AdversarialTraining.class, fineTune, perturb, radius, steps, stepSize, clean);
        if (perturb == Perturb.WordTable && steps != 1)
            throw new InvalidInput("perturb: WordTable takes one step: write steps: 1.");
        if (perturb == Perturb.WordTable && stepSize != null)
            throw new InvalidInput("perturb: WordTable takes one step of length radius: leave stepSize out.");
    }

    @Override
    public boolean readsDictionary() {
        return false;
    }

    @Override
    public AdversarialTraining resolved() {
        Double length =
                switch (perturb) {
                    case WordTable -> null;
                    case EmbeddingOutput -> stepSize != null ? stepSize : radius > 0 ? REACH * radius / steps : null;
                };
        return new AdversarialTraining(null, perturb, radius, steps, length, clean);
    }

    /// The part of an input that is changed.
    public enum Perturb {
        EmbeddingOutput,
        WordTable
    }
}
