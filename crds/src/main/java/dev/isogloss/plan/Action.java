package dev.isogloss.plan;

import dev.isogloss.plan.step.StepKey;

/// An executor's next act; `because` is the sentence that logs, events and transcripts show.
public sealed interface Action {
    String because();

    record Start(PlannedStep step, String because) implements Action {}

    /// Ends a step after a checkpoint. It may be started again later.
    record Stop(StepKey key, String because) implements Action {}

    record Conclude(Verdict verdict, String because) implements Action {}
}
