package dev.isogloss.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// For each step of a plan the length of the longest path from its start to the end of the plan: what a scheduler
/// starts first finishes the whole soonest.
final class RemainingWork {
    private RemainingWork() {}

    static Map<StepKey, Long> of(Plan plan) {
        Map<StepKey, Long> after = new HashMap<>();
        Map<StepKey, Long> remaining = new HashMap<>();
        List<PlannedStep> steps = plan.steps();
        for (PlannedStep step : steps.reversed()) {
            long length = weight(step.spec()) + after.getOrDefault(step.key(), 0L);
            remaining.put(step.key(), length);
            step.inputs().forEach(input -> after.merge(input, length, Math::max));
        }
        return remaining;
    }

    /// Training takes many passes over many examples, measuring one over few, labelling one over many.
    private static long weight(StepSpec spec) {
        return switch (spec) {
            case StepSpec.Pretrain _ -> 10;
            case StepSpec.Train _ -> 10;
            case Adapt _ -> 10;
            case Analyse _ -> 1;
            case Ensemble _ -> 1;
            case StepSpec.Evaluate _ -> 1;
            case Rank _ -> 10;
            case AlignMeanings _ -> 5;
            case Label _ -> 3;
            case Select _ -> 1;
            case Choose _ -> 1;
        };
    }
}
