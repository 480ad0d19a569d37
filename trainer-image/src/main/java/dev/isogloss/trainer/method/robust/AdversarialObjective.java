package dev.isogloss.trainer.method.robust;

import dev.isogloss.api.method.AdversarialPerturbation;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;

/// The loss of adversarial training, by what is changed.
public final class AdversarialObjective {
    private AdversarialObjective() {}

    /// @param settings resolved
    public static AuxiliaryObjective of(AdversarialPerturbation settings, SupervisedLoss head) {
        return switch (settings.perturb()) {
            case EmbeddingOutput -> new AdversarialAscent(settings, head);
            case WordTable -> new WordTableStep(settings, head);
        };
    }
}
