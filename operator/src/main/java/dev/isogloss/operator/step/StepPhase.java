package dev.isogloss.operator.step;

import dev.isogloss.operator.names.Reason;
import dev.isogloss.result.TerminationMessage;

/// Phase of a step, as its status will show it.
public sealed interface StepPhase {

    /// Requested, and not running yet.
    record Pending(Reason reason, String message) implements StepPhase {}

    record Running(String message) implements StepPhase {}

    /// No longer requested, and still writing its checkpoint.
    record Stopping(String message) implements StepPhase {}

    /// Not requested, and nothing of it runs.
    record Stopped(String message) implements StepPhase {}

    record Succeeded(TerminationMessage.Result result) implements StepPhase {}

    record Failed(Reason reason, String message) implements StepPhase {}
}
