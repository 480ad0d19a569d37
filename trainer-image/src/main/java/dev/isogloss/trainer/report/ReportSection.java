package dev.isogloss.trainer.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Summary;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.Store;
import java.util.List;
import java.util.Map;

/// What a report says of one experiment.
///
/// @param file    that its manifest was read from, as it was given
/// @param name    of its files and its place in the page, which no other one of the report has
/// @param results of the steps that are done
public record ReportSection(
        String file,
        String name,
        Plan plan,
        Map<StepKey, StepResult> results,
        Summary summary,
        List<ReportFigure> figures,
        BaselineComparison comparison) {

    public static ReportSection of(String file, String name, Plan plan, Store store, BaselineComparison comparison) {
        Map<StepKey, StepResult> results = StoredResults.of(plan, store);
        return new ReportSection(
                file,
                name,
                plan,
                results,
                Summary.of(plan, results),
                ReportFigures.of(name, plan, store, results),
                comparison);
    }

    /// How many steps have no result yet.
    public long missing() {
        return plan.steps().stream()
                .filter(step -> !results.containsKey(step.key()))
                .count();
    }
}
