package dev.isogloss.operator.step;

import dev.isogloss.operator.observe.StepReport;
import dev.isogloss.operator.words.Reason;

/// How things stand with a step.
public sealed interface StepOutlook {

    /// Wanted, and not running yet.
    record Pending(Reason reason, String message) implements StepOutlook {}

    record Running(String message) implements StepOutlook {}

    /// Not wanted any more, and still writing its checkpoint.
    record Stopping(String message) implements StepOutlook {}

    /// Not wanted, and nothing of it runs.
    record Stopped(String message) implements StepOutlook {}

    record Succeeded(StepReport.Result result) implements StepOutlook {}

    record Failed(Reason reason, String message) implements StepOutlook {}
}
