package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.resource.TrainingStep;
import org.jspecify.annotations.Nullable;

/// Where the walk writes TrainingSteps.
interface StepWriter {

    /// Makes the step, or joins its owners, and says whether the owner wants it to run.
    void apply(Owner owner, String name, TrainingStepSpec spec, @Nullable TrainingStep existing, boolean wanted);

    /// Takes back what the owner said of a step; a step that nobody owns any more goes, and its Job with it.
    void release(Owner owner, TrainingStep existing);
}
