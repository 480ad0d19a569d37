package dev.isogloss.operator.step;

import dev.isogloss.operator.names.Reason;

/// Action on a step's Job; `because` is the sentence that logs and events show.
public sealed interface JobAction {
    Reason reason();

    String because();

    record Create(Reason reason, String because) implements JobAction {}

    /// Remove it, its pods first: they are told to stop and write their checkpoint.
    record Remove(Reason reason, String because) implements JobAction {}

    /// Let its pods write a checkpoint and end.
    record Suspend(Reason reason, String because) implements JobAction {}

    record Resume(Reason reason, String because) implements JobAction {}
}
