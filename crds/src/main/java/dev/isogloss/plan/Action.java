package dev.isogloss.plan;

import dev.isogloss.plan.step.StepKey;

/// What an executor is to do next; `because` is the sentence that logs, events and transcripts show.
public sealed interface Action {
    String because();

    record Start(PlannedStep step, String because) implements Action {}

    /// Let it write a checkpoint and end. It may be started again later.
    record Stop(StepKey key, String because) implements Action {}

    record Conclude(Verdict verdict, String because) implements Action {}
}
