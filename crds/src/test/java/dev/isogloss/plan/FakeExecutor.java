package dev.isogloss.plan;

import dev.isogloss.plan.step.StepKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// What an executor knows of the world: what its watch brought, late or not at all, and what it wrote itself.
final class FakeExecutor {
    private final FakeWorld world;
    private final Random random;
    private final Map<StepKey, StepState> seen = new HashMap<>();
    private final Set<StepKey> unheard = new LinkedHashSet<>();
    private boolean deaf;
    private boolean forgetful;

    FakeExecutor(FakeWorld world, Random random) {
        this.world = world;
        this.random = random;
    }

    /// From here on it sees its own writes only when its watch brings them. The operator's cache of steps and the
    /// ledger of a run on one machine have them at once.
    void forget() {
        forgetful = true;
    }

    boolean isForgetful() {
        return forgetful;
    }

    Map<StepKey, StepState> seen() {
        return seen;
    }

    /// Steps that run and that it does not know of.
    List<StepKey> hidden() {
        return world.running().stream()
                .filter(key -> !(seen.get(key) instanceof StepState.Running))
                .toList();
    }

    boolean isDeaf() {
        return deaf;
    }

    /// Whether events are lost. The first that comes again brings what is, not what was.
    void deaf(boolean now) {
        deaf = now;
    }

    /// What it knew is gone. It reads anew what there is.
    void restart() {
        unheard.clear();
        seen.clear();
        seen.putAll(world.states());
    }

    /// @return whether the step begins to run
    boolean start(PlannedStep step) {
        boolean begins = world.start(step);
        if (forgetful) unheard.add(step.key());
        else seen.put(step.key(), world.state(step.key()));
        return begins;
    }

    void happened(StepKey key) {
        unheard.add(key);
    }

    /// Any of the events that are on their way may come, in any order.
    void listen() {
        if (deaf) return;
        unheard.removeIf(key -> {
            if (random.nextInt(4) == 0) return false;
            seen.put(key, world.state(key));
            return true;
        });
    }
}
