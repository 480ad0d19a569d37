package dev.isogloss.plan;

import dev.isogloss.plan.step.StepKey;
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
            long length = step.spec().weight() + after.getOrDefault(step.key(), 0L);
            remaining.put(step.key(), length);
            step.inputs().forEach(input -> after.merge(input, length, Math::max));
        }
        return remaining;
    }
}
