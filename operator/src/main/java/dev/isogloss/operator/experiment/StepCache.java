package dev.isogloss.operator.experiment;

import dev.isogloss.resource.TrainingStep;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of TrainingSteps without asking the API server.
interface StepCache {
    Optional<TrainingStep> get(String namespace, String name);

    /// What the server answered to a write of ours: the next look is to see at least this.
    ///
    /// @param before what the write was based on; null where there was nothing
    void written(TrainingStep step, @Nullable TrainingStep before);
}
