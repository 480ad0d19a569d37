package dev.isogloss.operator.step;

import dev.isogloss.operator.names.Reason;

/// Action on a step's Job; `because` is the sentence that logs and events show.
public sealed interface JobAction {
    Reason reason();

    String because();

    record Create(Reason reason, String because) implements JobAction {}

    /// Remove it, its pods first: they are told to stop and write their checkpoint.
    record Remove(Reason reason, String because) implements JobAction {}

    /// Remove it, since its pod is gone with the result, and note that this was done: another one reads the result from
    /// the store.
    record Reread(Reason reason, String because) implements JobAction {}

    /// Let it and its logs stay as long as those of a failure are to.
    record Keep(Reason reason, String because) implements JobAction {}

    /// Let its pods write a checkpoint and end.
    record Suspend(Reason reason, String because) implements JobAction {}

    record Resume(Reason reason, String because) implements JobAction {}
}
