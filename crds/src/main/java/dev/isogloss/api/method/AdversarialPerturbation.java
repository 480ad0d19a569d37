package dev.isogloss.api.method;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// A change of embeddings that makes the loss grow.
@ValidationRule(
        value = "self.perturb != 'WordTable' || self.steps == 1",
        message = AdversarialPerturbation.ONE_STEP,
        fieldPath = ".steps")
@ValidationRule(
        value = "self.perturb != 'WordTable' || !has(self.stepSize)",
        message = AdversarialPerturbation.NO_LENGTH,
        fieldPath = ".stepSize")
public record AdversarialPerturbation(
        @Default("EmbeddingOutput")
        @Meaning("What is changed: EmbeddingOutput (what the first layer reads, each token by itself) or WordTable "
                + "(the table of words as a whole; FGM).")
        Perturb perturb,

        @Range(min = 0, max = 1000)
        @Default("0.3")
        @Meaning("Greatest norm ε of the change: of a token, or of the word table. In multilingual-e5-small the "
                + "embedding of a token has a norm of some 8.")
        double radius,

        @Range(min = 1, max = 20) @Default("2") @Meaning("Steps of ascent. With perturb: WordTable: 1.")
        int steps,

        @Range(above = 0, max = 1000) @Meaning("Length η of a step. Without it: 1.5 · radius / steps.") @Nullable
        Double stepSize,

        @Default("false") @Meaning("Whether the loss of the unchanged input is added.")
        boolean clean) {

    /// Of the steps' lengths together, how much longer than the radius they are where nothing is said.
    private static final BigDecimal REACH = new BigDecimal("1.5");

    static final String ONE_STEP = "perturb: WordTable takes one step: write steps: 1";
    static final String NO_LENGTH = "perturb: WordTable takes one step of length radius: leave stepSize out";

    public AdversarialPerturbation {
        Bounds.check(AdversarialPerturbation.class, perturb, radius, steps, stepSize, clean);
        if (perturb == Perturb.WordTable && steps != 1) throw new InvalidInput(ONE_STEP + ".");
        if (perturb == Perturb.WordTable && stepSize != null) throw new InvalidInput(NO_LENGTH + ".");
    }

    /// With the length of a step filled in, reckoned in decimals, as a user would write it.
    AdversarialPerturbation resolved() {
        boolean ascends = perturb == Perturb.EmbeddingOutput && radius > 0;
        Double length = stepSize != null || !ascends
                ? stepSize
                : Double.valueOf(BigDecimal.valueOf(radius)
                        .multiply(REACH)
                        .divide(BigDecimal.valueOf(steps), MathContext.DECIMAL64)
                        .doubleValue());
        return new AdversarialPerturbation(perturb, radius, steps, length, clean);
    }

    /// The part of an input that is changed.
    public enum Perturb {
        EmbeddingOutput,
        WordTable
    }
}
