package dev.isogloss.operator.experiment;

import dev.isogloss.plan.Plan;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Cache of plans, by experiment and generation: hashing hundreds of steps in every pass would be most of the work. The
/// least recently used plans are dropped first.
final class Plans {
    private static final int BYTES_PER_STEP = 1_000;

    /// A share of the heap that all plans together may take: of 256 MB 33,000 steps, 930 runs of 36.
    private static final int SHARE = 8;

    private record Version(String uid, long generation) {}

    private final Map<Version, Plan> plans = new LinkedHashMap<>(16, 0.75f, true);
    private final int mostSteps;
    private int steps;

    Plans() {
        this(Runtime.getRuntime().maxMemory());
    }

    /// @param heap bytes that the heap may grow to
    Plans(long heap) {
        this.mostSteps = (int) Math.min(Integer.MAX_VALUE, heap / SHARE / BYTES_PER_STEP);
    }

    Plan of(Owner owner, long generation, Supplier<Plan> planner) {
        Version version = new Version(owner.uid(), generation);
        synchronized (plans) {
            Plan known = plans.get(version);
            if (known != null) return known;
        }
        Plan plan = planner.get();
        synchronized (plans) {
            keep(version, plan);
        }
        return plan;
    }

    private void keep(Version version, Plan plan) {
        if (plans.putIfAbsent(version, plan) != null) return;
        steps += plan.steps().size();
        Iterator<Plan> eldest = plans.values().iterator();
        while (steps > mostSteps && plans.size() > 1) {
            steps -= eldest.next().steps().size();
            eldest.remove();
        }
    }

    /// Drops the plan of an experiment that has ended or is deleted.
    void remove(Owner owner, long generation) {
        synchronized (plans) {
            Plan gone = plans.remove(new Version(owner.uid(), generation));
            if (gone != null) steps -= gone.steps().size();
        }
    }
}
