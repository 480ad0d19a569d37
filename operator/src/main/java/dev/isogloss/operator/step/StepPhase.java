package dev.isogloss.operator.step;

import dev.isogloss.operator.names.Reason;
import dev.isogloss.result.TerminationMessage;

/// How things stand with a step.
public sealed interface StepPhase {

    /// Wanted, and not running yet.
    record Pending(Reason reason, String message) implements StepPhase {}

    record Running(String message) implements StepPhase {}

    /// Not wanted any more, and still writing its checkpoint.
    record Stopping(String message) implements StepPhase {}

    /// Not wanted, and nothing of it runs.
    record Stopped(String message) implements StepPhase {}

    record Succeeded(TerminationMessage.Result result) implements StepPhase {}

    record Failed(Reason reason, String message) implements StepPhase {}
}
