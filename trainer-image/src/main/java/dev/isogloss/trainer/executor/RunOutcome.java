package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.Recomputed;
import java.util.List;
import java.util.Map;

/// The outcome of a run.
///
/// @param results of every step that has one now, made by this run or before
/// @param reused  how many of them this run did not make itself
/// @param again   those that were made although the store held a result, beside what it held
/// @param failed  the steps that failed, in the order of the plan
/// @param skipped steps that could not run because one that they read failed
/// @param stopped whether the run was asked to end before it was through
public record RunOutcome(
        Map<StepKey, StepResult> results,
        int reused,
        Map<StepKey, Recomputed> again,
        List<Failure> failed,
        List<PlannedStep> skipped,
        boolean stopped) {

    /// A step and what went wrong with it.
    public record Failure(PlannedStep step, Throwable cause) {}

    public RunOutcome {
        results = Map.copyOf(results);
        again = Map.copyOf(again);
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
    }

    public boolean succeeded() {
        return failed.isEmpty() && skipped.isEmpty() && !stopped;
    }
}
