package dev.isogloss.plan;

import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Steps that need no pod of their own: each takes seconds, and reads a model that another step has in memory when it
/// ends. An evaluation or a labelling follows the step that makes its model, a selection its labelling.
///
/// What follows what is no part of a key, and changes no result: a step that did not come to its turn is done by a pod
/// of its own.
public final class FollowUps {
    private FollowUps() {}

    /// The steps that follow each step, in the order of the plan; steps that nothing follows are left out.
    public static Map<StepKey, List<PlannedStep>> of(Plan plan) {
        Map<StepKey, StepKey> after = new HashMap<>();
        Map<StepKey, List<PlannedStep>> followUps = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps()) {
            @Nullable StepKey first = first(step, after);
            if (first == null) continue;
            after.put(step.key(), first);
            followUps.computeIfAbsent(first, _ -> new ArrayList<>()).add(step);
        }
        return followUps;
    }

    private static @Nullable StepKey first(PlannedStep step, Map<StepKey, StepKey> after) {
        if (step.spec() instanceof EvaluateStep evaluate) return evaluate.model();
        if (step.spec() instanceof PredictPoolStep labelling) return labelling.model();
        return step.spec() instanceof SelectPseudoLabelsStep selection ? after.get(selection.predictions()) : null;
    }
}
