package dev.isogloss.report.benchmark;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Summary;
import dev.isogloss.result.StepResult;
import java.util.Map;

/// Summaries of plans of every kind.
public final class Summaries {
    private Summaries() {}

    /// Of a benchmark its table, with systems in the place of stages.
    ///
    /// @param results of the steps that are done
    public static Summary of(Plan plan, Map<StepKey, StepResult> results) {
        return plan.benchmark() == null
                ? Summary.of(plan, results)
                : BenchmarkTable.of(plan, results, Map.of()).summary();
    }
}
