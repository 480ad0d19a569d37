package dev.isogloss.trainer.report;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.report.Shifts;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.StepResult;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// How far the class shares of target languages lie from those that the source was learnt with, in total variation, as
/// steps of an experiment have measured it.
final class PriorShifts {
    private PriorShifts() {}

    /// Of the split that is compared, as a stage `analyse` has counted it; in its place of the training splits, as
    /// `iwda` has where it knew them.
    ///
    /// @return by language; empty where no step has measured it
    static Map<String, Double> of(ReportedExperiment experiment) {
        Map<String, Double> analysed = new HashMap<>();
        for (Shifts.Point point : StoredResults.shifts(experiment.plan(), experiment.store()))
            if (point.split().equals(Baseline.SPLIT)) analysed.put(point.language(), point.priorTv());
        if (!analysed.isEmpty()) return analysed;
        Map<String, Double> counted = new TreeMap<>();
        adaptations(experiment, (step, facts) -> facts.get(Fact.PriorShift)
                .ifPresent(shift -> counted.put(String.valueOf(step.target()), shift)));
        return counted;
    }

    interface Adaptation {
        void of(PlannedStep step, Facts facts);
    }

    /// Every adaptation that is done.
    static void adaptations(ReportedExperiment experiment, Adaptation each) {
        for (PlannedStep step : experiment.plan().steps()) {
            StepResult result = experiment.results().get(step.key());
            if (step.spec() instanceof AdaptStep && result != null && step.target() != null)
                each.of(step, result.facts());
        }
    }
}
