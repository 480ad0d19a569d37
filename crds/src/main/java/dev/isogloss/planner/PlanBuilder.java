package dev.isogloss.planner;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The steps of a plan as they are found: each key once, under the title it had first.
final class PlanBuilder {
    private final Map<StepKey, PlannedStep> found = new LinkedHashMap<>();

    StepKey add(StepSpec step, String stage, String title, @Nullable Long seed) {
        StepKey key = StepKeys.of(step);
        found.putIfAbsent(key, new PlannedStep(key, step, stage, title, seed));
        return key;
    }

    /// A step of a round; one that several rounds mean belongs to all of them.
    StepKey add(StepSpec step, String stage, String title, long seed, Round round) {
        StepKey key = StepKeys.of(step);
        PlannedStep known = found.get(key);
        if (known == null) found.put(key, new PlannedStep(key, step, stage, title, seed, List.of(round)));
        else if (!known.rounds().contains(round)) {
            List<Round> rounds = new ArrayList<>(known.rounds());
            rounds.add(round);
            found.put(key, new PlannedStep(key, known.spec(), known.stage(), known.title(), known.seed(), rounds));
        }
        return key;
    }

    Plan plan(String name) {
        return new Plan(name, List.copyOf(found.values()));
    }
}
