package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Stage `randomizedSmoothing`: supervised training on inputs that are changed at random: noise on their embeddings
/// (RS-RP), or words replaced by neighbours (RS-DA; Huang et al., 2021).
@ValidationRule(
        value = "self.perturb != 'Synonyms' || self.copies > 0",
        message = "perturb: Synonyms learns from copies: write copies: 1 or more",
        fieldPath = ".copies")
@JsonTypeName("randomizedSmoothing")
public record RandomizedSmoothing(
        @Defaulted
        @DefaultsInside(Ear.ROBUST_DEFAULTS)
        @Meaning("The training on changed inputs, as a fineTune stage. Default {}: one epoch of batches of 32 at 2e-5, "
                + "no decay, no warm-up, gradients clipped at norm 1.")
        @Nullable
        FineTune fineTune,

        @Default("Embeddings")
        @Meaning("What is changed: Embeddings (noise, anew in every update; RS-RP) or Synonyms (words, once for each "
                + "copy; RS-DA).")
        Perturb perturb,

        @Range(min = 0, max = 100)
        @Default("0.1")
        @Meaning("With perturb: Embeddings, the standard deviation of the noise (Gaussian) or the greatest norm of a "
                + "token's (Ball). In multilingual-e5-small a token's embedding has a norm of 8.")
        double noise,

        @Default("Gaussian")
        @Meaning("With perturb: Embeddings, where the noise comes from: Gaussian, or Ball (evenly from all vectors of "
                + "at most this norm).")
        Distribution distribution,

        @JsonUnwrapped SynonymCopies synonyms)
        implements RobustTraining {

    private static final double USUAL_NOISE = 0.1;

    public RandomizedSmoothing {
        Bounds.check(RandomizedSmoothing.class, fineTune, perturb, noise, distribution, synonyms);
        if (perturb == Perturb.Synonyms && synonyms.count() == 0)
            throw new InvalidInput("perturb: Synonyms learns from copies: write copies: 1 or more.");
    }

    @Override
    public boolean readsDictionary() {
        return perturb == Perturb.Synonyms;
    }

    @Override
    public RandomizedSmoothing resolved() {
        return switch (perturb) {
            case Embeddings -> new RandomizedSmoothing(null, perturb, noise, distribution, SynonymCopies.USUAL);
            case Synonyms ->
                new RandomizedSmoothing(null, perturb, USUAL_NOISE, Distribution.Gaussian, synonyms.resolved());
        };
    }

    /// The part of an input that is changed.
    public enum Perturb {
        Embeddings,
        Synonyms
    }

    /// The distribution of noise.
    public enum Distribution {
        Gaussian,
        Ball
    }
}
