package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.resource.TrainingStep;

/// Writer of TrainingSteps, as the execution of a plan needs it.
interface StepWriter {

    /// Creates a step of this owner.
    void create(Owner owner, String name, TrainingStepSpec spec, RunRequests requests);

    /// Changes a step: its spec, where it differs, and its owners and their requests.
    ///
    /// @param requests with this owner among the owners
    void update(Owner owner, TrainingStep existing, TrainingStepSpec spec, RunRequests requests);

    /// Withdraws the owner's part of a step; a step without owners is deleted, and its Job with it.
    void release(Owner owner, TrainingStep existing);
}
