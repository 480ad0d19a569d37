package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.resource.TrainingStep;
import org.jspecify.annotations.Nullable;

/// Writer of TrainingSteps, as the execution of a plan needs it.
interface StepWriter {

    /// Creates the step, or joins its owners, and sets whether the owner requests it to run.
    void apply(Owner owner, String name, TrainingStepSpec spec, @Nullable TrainingStep existing, boolean requested);

    /// Withdraws the owner's part of a step; a step without owners is deleted, and its Job with it.
    void release(Owner owner, TrainingStep existing);
}
