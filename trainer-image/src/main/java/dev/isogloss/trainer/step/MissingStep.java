package dev.isogloss.trainer.step;

import dev.isogloss.plan.step.StepKey;

/// A step that another one reads is not done. Plans see to the order; a step that is run by itself may come too early,
/// and a disk that machines share may show what one of them wrote to another a moment later.
public final class MissingStep extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingStep(StepKey key, String store) {
        super("The step %s, which this one reads, is not done in the store %s. Run that one first."
                .formatted(key.brief(), store));
    }
}
