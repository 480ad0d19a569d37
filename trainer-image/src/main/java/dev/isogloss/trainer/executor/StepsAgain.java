package dev.isogloss.trainer.executor;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.store.Store;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/// Steps of a plan that are computed although the store holds a result of them, or may have to be.
///
/// @param asked by the user
/// @param open  those, steps that are stale, and all that read one of these, directly or not: whether they are
///     reused is known once what they read is done
public record StepsAgain(Set<StepKey> asked, Set<StepKey> open) {
    public StepsAgain {
        asked = Set.copyOf(asked);
        open = Set.copyOf(open);
    }

    public static StepsAgain of(Plan plan, Store store, Set<StepKey> asked) {
        Set<StepKey> stale = store.stale();
        Set<StepKey> open = new HashSet<>();
        for (PlannedStep step : plan.steps())
            if (asked.contains(step.key()) || stale.contains(step.key()) || !Collections.disjoint(open, step.inputs()))
                open.add(step.key());
        return new StepsAgain(asked, open);
    }
}
