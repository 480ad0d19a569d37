package dev.isogloss.trainer.step;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.StepResult;

/// Does one step's work. The caller has locked the step and opened its folder, and commits the result it
/// returns.
@FunctionalInterface
public interface StepRunner {

    /// @return what to commit; everything else the step leaves is already in `context.folder()`
    /// @throws dev.isogloss.trainer.loop.Stopped after a checkpoint, because `context.stop()` was requested
    /// @throws dev.isogloss.api.InvalidInput     if the data or the encoder cannot be used as they are
    StepResult run(PlannedStep step, StepContext context) throws Exception;
}
