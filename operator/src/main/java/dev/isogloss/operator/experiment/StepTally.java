package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.plan.Action;
import dev.isogloss.plan.Observation;
import dev.isogloss.plan.StepState;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Counts of an experiment's steps by state, once this pass's actions are done.
///
/// @param withPod steps whose pod runs; the other running ones wait for theirs
record StepTally(Map<StepKey, StepState> states, int total, int withPod) {
    private static final Set<String> HOLD_UPS = Set.of(
            Reason.Unschedulable.name(),
            Reason.ImagePull.name(),
            Reason.ContainerConfig.name(),
            Reason.PodStartDelayed.name(),
            Reason.Queued.name(),
            Reason.Retrying.name(),
            Reason.JobRefused.name(),
            Reason.PodRefused.name(),
            Reason.FormerPodLeaving.name());

    StepTally {
        states = Map.copyOf(states);
    }

    static StepTally of(ExperimentView view, Iterable<Action> actions) {
        Map<StepKey, StepState> states = new HashMap<>();
        Observation observed = view.observation();
        view.plan().steps().forEach(step -> states.put(step.key(), observed.state(step.key())));
        for (Action action : actions)
            if (action instanceof Action.Start(var step, var _)) states.put(step.key(), new StepState.Running());
        int withPod = (int) view.plan().steps().stream()
                .filter(step -> states.get(step.key()) instanceof StepState.Running)
                .map(view::existing)
                .filter(step -> step != null && ExperimentStatuses.runs(step) && !ExperimentView.isLeaving(step))
                .count();
        return new StepTally(states, view.plan().steps().size(), withPod);
    }

    StepState state(StepKey key) {
        return states.getOrDefault(key, new StepState.Waiting());
    }

    int running() {
        return count(StepState.Running.class);
    }

    StepCounts counts() {
        int reused = (int) states.values().stream()
                .filter(state -> state instanceof StepState.Done(var again) && again)
                .count();
        return new StepCounts(
                total,
                count(StepState.Done.class),
                running() + count(StepState.Following.class),
                count(StepState.Failed.class),
                reused);
    }

    private int count(Class<? extends StepState> kind) {
        return (int) states.values().stream().filter(kind::isInstance).count();
    }

    /// The reason for which a step is held up, if it is.
    static Optional<String> trouble(TrainingStep step) {
        if (step.getStatus() == null) return Optional.empty();
        return Conditions.find(step.getStatus().conditions(), ConditionType.Progressing)
                .filter(condition -> HOLD_UPS.contains(condition.reason()))
                .map(condition -> condition.message());
    }
}
