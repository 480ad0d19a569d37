package dev.isogloss.operator.experiment;

import dev.isogloss.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Plans of specs that are looked at again and again; hashing hundreds of steps in every pass would be most of the
/// work.
final class Plans {
    private static final int REMEMBERED = 512;

    private record Edition(String uid, long generation) {}

    private final Map<Edition, Plan> plans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Edition, Plan> eldest) {
            return size() > REMEMBERED;
        }
    };

    Plan of(Owner owner, long generation, Supplier<Plan> planner) {
        Edition edition = new Edition(owner.uid(), generation);
        synchronized (plans) {
            Plan known = plans.get(edition);
            if (known != null) return known;
        }
        Plan plan = planner.get();
        synchronized (plans) {
            plans.put(edition, plan);
        }
        return plan;
    }
}
