package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Meaning;
import org.jspecify.annotations.Nullable;

/// Stage `adversarialTraining`: supervised training on embeddings that are changed so that the loss grows: by projected
/// ascent for each token (Huang et al., 2021), or by one step on the whole word table (Miyato et al., 2017).
@JsonTypeName("adversarialTraining")
public record AdversarialTraining(
        @Defaulted
        @DefaultsInside(Ear.ROBUST_DEFAULTS)
        @Meaning("The training on changed embeddings, as a fineTune stage. Default {}: one epoch of batches of 32 at "
                + "2e-5, no decay, no warm-up, gradients clipped at norm 1.")
        @Nullable
        FineTune fineTune,

        @JsonUnwrapped AdversarialPerturbation perturbation)
        implements RobustTraining {

    public AdversarialTraining {
        Bounds.check(AdversarialTraining.class, fineTune, perturbation);
    }

    @Override
    public boolean readsDictionary() {
        return false;
    }

    @Override
    public AdversarialTraining resolved() {
        return new AdversarialTraining(null, perturbation.resolved());
    }
}
