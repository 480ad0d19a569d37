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
/// @param stale made from results that were replaced since
/// @param open  those, and all that read them, directly or not: whether these are reused is known once what they read
///     is done
public record StepsAgain(Set<StepKey> asked, Set<StepKey> stale, Set<StepKey> open) {
    public StepsAgain {
        asked = Set.copyOf(asked);
        stale = Set.copyOf(stale);
        open = Set.copyOf(open);
    }

    public static StepsAgain of(Plan plan, Store store, Set<StepKey> asked) {
        Set<StepKey> stale = new HashSet<>(store.stale());
        Set<StepKey> open = new HashSet<>();
        for (PlannedStep step : plan.steps())
            if (asked.contains(step.key()) || stale.contains(step.key()) || !Collections.disjoint(open, step.inputs()))
                open.add(step.key());
        stale.retainAll(open);
        return new StepsAgain(asked, stale, open);
    }
}
