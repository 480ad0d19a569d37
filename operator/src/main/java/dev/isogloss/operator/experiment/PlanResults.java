package dev.isogloss.operator.experiment;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import java.util.Map;

/// How far a plan is, for the tables of a status.
///
/// @param plan     without steps where the spec means none
/// @param results  of whatever steps are done
/// @param failures of the steps that failed for good, a sentence each
public record PlanResults(Plan plan, Map<StepKey, StepResult> results, Map<StepKey, String> failures) {
    public PlanResults {
        results = Map.copyOf(results);
        failures = Map.copyOf(failures);
    }
}
