package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;

/// A world in which steps run for as long as chance wants. It knows the truth, and no step starts in it before its
/// inputs, however little the executor has seen.
final class FakeWorld {
    private final Random random;
    private final Map<String, String> failing = new HashMap<>();
    private final Set<String> endless = new HashSet<>();
    private final SequencedMap<StepKey, StepState> states = new LinkedHashMap<>();
    private final Map<StepKey, PlannedStep> begun = new HashMap<>();
    private final Set<StepKey> stopping = new HashSet<>();

    FakeWorld(Random random) {
        this.random = random;
    }

    /// Whenever a step with this title would end, it fails.
    void fails(String title, String cause) {
        failing.put(title, cause);
    }

    /// A step with this title ends only if it is told to stop.
    void neverEnds(String title) {
        endless.add(title);
    }

    StepState state(StepKey key) {
        return states.getOrDefault(key, new StepState.Waiting());
    }

    Map<StepKey, StepState> states() {
        return states;
    }

    /// An older run left a result.
    void holds(StepKey key) {
        states.put(key, new StepState.Done(true));
    }

    /// As in a cluster and a store, a step that runs or has ended is there, and asking for it makes no other.
    ///
    /// @return whether it begins to run
    boolean start(PlannedStep step) {
        for (StepKey input : step.inputs())
            assertThat(state(input))
                    .as("%s starts after its inputs", step.title())
                    .isInstanceOf(StepState.Done.class);
        if (!(state(step.key()) instanceof StepState.Waiting)) return false;
        begun.put(step.key(), step);
        states.put(step.key(), new StepState.Running());
        return true;
    }

    /// It writes a checkpoint, which takes a while; it may come to its end before.
    ///
    /// @return whether it did not know yet
    boolean stop(StepKey key) {
        return state(key) instanceof StepState.Running && stopping.add(key);
    }

    /// One of the running steps ends, unless chance lets all of them go on.
    Optional<PlannedStep> happens() {
        List<StepKey> running = running().stream().filter(this::mayEnd).toList();
        if (running.isEmpty() || random.nextInt(4) == 0) return Optional.empty();
        PlannedStep step = begun.get(running.get(random.nextInt(running.size())));
        boolean stops = stopping.remove(step.key()) && (endless.contains(step.title()) || random.nextInt(4) > 0);
        states.put(step.key(), stops ? new StepState.Waiting() : end(step));
        return Optional.of(step);
    }

    private boolean mayEnd(StepKey key) {
        return stopping.contains(key) || !endless.contains(begun.get(key).title());
    }

    private StepState end(PlannedStep step) {
        String cause = failing.get(step.title());
        return cause == null ? new StepState.Done(false) : new StepState.Failed(cause);
    }

    /// In the order in which they were first started.
    List<StepKey> running() {
        List<StepKey> running = new ArrayList<>();
        states.forEach((key, state) -> {
            if (state instanceof StepState.Running) running.add(key);
        });
        return running;
    }
}
