package dev.isogloss.trainer.executor;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.plan.Observation;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.StepState;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.Recomputed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The states of a plan's steps, as an executor knows them. Each is in one state at a time; one thread writes here.
final class StepLedger {
    private final Plan plan;
    private final Map<StepKey, StepResult> results = new LinkedHashMap<>();
    private final Set<StepKey> reused = new HashSet<>();
    private final Map<StepKey, Recomputed> again = new LinkedHashMap<>();
    private final Set<StepKey> running = new LinkedHashSet<>();
    private final Map<StepKey, PlannedStep> elsewhere = new LinkedHashMap<>();
    private final Map<StepKey, Throwable> failures = new HashMap<>();

    StepLedger(Plan plan) {
        this.plan = plan;
    }

    void started(StepKey key) {
        running.add(key);
    }

    void succeeded(StepKey key, StepResult result) {
        ended(key);
        results.put(key, result);
    }

    void reused(StepKey key, StepResult result) {
        succeeded(key, result);
        reused.add(key);
    }

    void again(StepKey key, Recomputed recomputed) {
        succeeded(key, recomputed.result());
        again.put(key, recomputed);
    }

    /// Another process runs the step.
    ///
    /// @return whether that was not known before
    boolean movedElsewhere(PlannedStep step) {
        running.remove(step.key());
        return elsewhere.put(step.key(), step) == null;
    }

    void failed(StepKey key, Throwable cause) {
        ended(key);
        failures.put(key, cause);
    }

    /// It is neither running here nor elsewhere, and may be started.
    void ended(StepKey key) {
        running.remove(key);
        elsewhere.remove(key);
    }

    int running() {
        return running.size();
    }

    /// Steps that another process is running, as far as we know.
    List<PlannedStep> elsewhere() {
        return List.copyOf(elsewhere.values());
    }

    int reused() {
        return reused.size();
    }

    /// The observation for the decider. A step that runs elsewhere takes no slot here, and on a laptop no number of
    /// failures ends the run: every step that does not depend on them still runs.
    Observation observed(int parallel, boolean stopping) {
        Map<StepKey, StepState> states = new HashMap<>();
        results.keySet().forEach(key -> states.put(key, new StepState.Done(reused.contains(key))));
        failures.forEach((key, cause) -> states.put(key, new StepState.Failed(Failures.sentence(cause))));
        running.forEach(key -> states.put(key, new StepState.Running()));
        elsewhere.keySet().forEach(key -> states.put(key, new StepState.Running()));
        return new Observation(
                plan, states, parallel + elsewhere.size(), FailurePolicy.Continue, Integer.MAX_VALUE, stopping, null);
    }

    /// Steps that read, directly or not, something that failed.
    List<PlannedStep> skipped() {
        Set<StepKey> unreachable = new HashSet<>(failures.keySet());
        return plan.steps().stream()
                .filter(step -> step.inputs().stream().anyMatch(unreachable::contains) && unreachable.add(step.key()))
                .toList();
    }

    /// The failed step that a skipped one waits for.
    PlannedStep failedInput(PlannedStep skipped) {
        Set<StepKey> needed = new HashSet<>(skipped.inputs());
        for (PlannedStep step : plan.steps().reversed()) {
            if (!needed.contains(step.key())) continue;
            if (failures.containsKey(step.key())) return step;
            needed.addAll(step.inputs());
        }
        throw new IllegalStateException(skipped.title() + " was skipped though nothing before it failed");
    }

    RunOutcome outcome(boolean wasStopped) {
        List<RunOutcome.Failure> failed = plan.steps().stream()
                .filter(step -> failures.containsKey(step.key()))
                .map(step -> new RunOutcome.Failure(step, requireNonNull(failures.get(step.key()))))
                .toList();
        List<PlannedStep> skipped = skipped();
        boolean incomplete =
                results.size() + failed.size() + skipped.size() < plan.steps().size();
        return new RunOutcome(results, reused.size(), again, failed, skipped, wasStopped && incomplete);
    }
}
