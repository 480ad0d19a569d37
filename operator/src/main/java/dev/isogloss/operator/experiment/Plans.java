package dev.isogloss.operator.experiment;

import dev.isogloss.plan.Plan;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Plans of specs that are looked at again and again; hashing hundreds of steps in every pass would be most of the
/// work. Those looked at longest ago go first.
final class Plans {
    /// In all plans together: some kilobytes each.
    private static final int MOST_STEPS = 10_000;

    private record Edition(String uid, long generation) {}

    private final Map<Edition, Plan> plans = new LinkedHashMap<>(16, 0.75f, true);
    private int steps;

    Plan of(Owner owner, long generation, Supplier<Plan> planner) {
        Edition edition = new Edition(owner.uid(), generation);
        synchronized (plans) {
            Plan known = plans.get(edition);
            if (known != null) return known;
        }
        Plan plan = planner.get();
        synchronized (plans) {
            keep(edition, plan);
        }
        return plan;
    }

    private void keep(Edition edition, Plan plan) {
        if (plans.putIfAbsent(edition, plan) != null) return;
        steps += plan.steps().size();
        Iterator<Plan> eldest = plans.values().iterator();
        while (steps > MOST_STEPS && plans.size() > 1) {
            steps -= eldest.next().steps().size();
            eldest.remove();
        }
    }

    /// A plan that nobody will look at any more.
    void forget(Owner owner, long generation) {
        synchronized (plans) {
            Plan gone = plans.remove(new Edition(owner.uid(), generation));
            if (gone != null) steps -= gone.steps().size();
        }
    }
}
