package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.StepNames;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.plan.Observation;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.StepState;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Read-only view of an experiment at one moment: its spec, and the state of the steps that it plans or owns.
///
/// @param steps the plan's steps that exist, by key, whichever experiment created them
/// @param owned steps that carry this experiment as an owner, whether the plan still contains them or not
record ExperimentView(
        Owner owner,
        long generation,
        Plan plan,
        InputLocations locations,
        Runtime runtime,
        Storage storage,
        boolean suspended,
        @Nullable ExperimentStatus before,
        Map<StepKey, TrainingStep> steps,
        List<TrainingStep> owned) {

    ExperimentView {
        steps = Map.copyOf(steps);
        owned = List.copyOf(owned);
    }

    /// True if this is the first pass over a new or edited spec. Steps that failed before get another attempt then.
    boolean isFresh() {
        return before == null || !Objects.equals(before.observedGeneration(), generation);
    }

    @Nullable
    TrainingStep existing(PlannedStep planned) {
        return steps.get(planned.key());
    }

    String nameOf(PlannedStep planned) {
        return nameOf(planned, storage);
    }

    static String nameOf(PlannedStep planned, Storage storage) {
        return StepNames.of(planned.spec().kind(), planned.key(), storage);
    }

    Observation observation() {
        Map<StepKey, StepState> states = new HashMap<>();
        steps.forEach((key, step) -> states.put(key, state(step)));
        FollowedSteps followed = FollowedSteps.of(this);
        followed.keys().forEach(key -> states.put(key, state(key, followed)));
        return new Observation(
                plan,
                states,
                runtime.parallelism(),
                Objects.requireNonNullElse(runtime.failurePolicy(), FailurePolicy.Stop),
                runtime.maxFailedSteps(),
                suspended,
                null);
    }

    StepState state(TrainingStep step) {
        var conditions = step.getStatus() == null ? null : step.getStatus().conditions();
        if (Conditions.holds(conditions, ConditionType.Complete)) return new StepState.Done(isReused(step));
        RunRequests requests = RunRequests.of(step);
        if (hasFailed(step) && !mayRetry(step))
            return new StepState.Failed(Conditions.find(conditions, ConditionType.Failed)
                    .orElseThrow()
                    .message());
        if (!requests.isOwnedBy(owner.uid()) || isLeaving(step)) return new StepState.Waiting();
        if (requests.isRequestedBy(owner.uid()))
            return hasFailed(step) ? new StepState.Waiting() : new StepState.Running();
        boolean stopped = requests.isRequestedByOthersThan(owner.uid())
                || hasFailed(step)
                || Conditions.holds(conditions, ConditionType.Suspended);
        return stopped ? new StepState.Waiting() : new StepState.Running();
    }

    private StepState state(StepKey key, FollowedSteps followed) {
        return followed.result(key)
                .<StepState>map(done -> new StepState.Done(done.result().reused() || endedBefore(done.carrier())))
                .orElseGet(() -> followed.isNext(key) ? new StepState.Following() : new StepState.Waiting());
    }

    /// True if a failed step gets another attempt: once for each generation of the spec, also where the API server
    /// refuses something of that generation for long, and once where this experiment joins a step that failed with
    /// the limits of others.
    boolean mayRetry(TrainingStep step) {
        RunRequests requests = RunRequests.of(step);
        return !requests.isOwnedBy(owner.uid()) || isFresh() && !requests.isTriedBy(owner.uid(), generation);
    }

    /// A planned step that is being deleted and whose end nobody tells this experiment, which does not own it or will
    /// not when it is made again.
    Optional<TrainingStep> leavingStep() {
        return plan.steps().stream()
                .map(this::existing)
                .filter(step -> step != null && isLeaving(step) && !isDone(step))
                .map(Objects::requireNonNull)
                .findFirst();
    }

    static boolean hasFailed(TrainingStep step) {
        var status = step.getStatus();
        return status != null
                && Conditions.holds(
                        status.conditions(),
                        ConditionType.Failed,
                        Objects.requireNonNullElse(step.getMetadata().getGeneration(), 0L));
    }

    static boolean isDone(TrainingStep step) {
        return step.getStatus() != null && Conditions.holds(step.getStatus().conditions(), ConditionType.Complete);
    }

    static boolean isLeaving(TrainingStep step) {
        return step.getMetadata().getDeletionTimestamp() != null;
    }

    /// True if its result existed before this experiment did: in the store, or as another experiment's step.
    private boolean isReused(TrainingStep step) {
        return Objects.requireNonNull(step.getStatus()).reused() || endedBefore(step);
    }

    private boolean endedBefore(TrainingStep step) {
        String ended = Objects.requireNonNull(step.getStatus()).completionTime();
        return ended != null && ended.compareTo(owner.created()) < 0;
    }

    /// Steps that this experiment owns although its plan no longer contains them.
    List<TrainingStep> stale() {
        Set<String> names = new java.util.HashSet<>();
        plan.steps().forEach(step -> names.add(nameOf(step)));
        return owned.stream()
                .filter(step -> !names.contains(step.getMetadata().getName()))
                .filter(step -> RunRequests.of(step).isOwnedBy(owner.uid()))
                .toList();
    }
}
