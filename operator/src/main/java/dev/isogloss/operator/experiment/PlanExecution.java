package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.operator.act.Refusal;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.plan.Action;
import dev.isogloss.plan.Action.Conclude;
import dev.isogloss.plan.Action.Start;
import dev.isogloss.plan.Action.Stop;
import dev.isogloss.plan.Decider;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Execution of an experiment's plan, one pass of it: the decider's actions, carried out. What makes room in a quota
/// comes before what needs it, and a write that the API server refuses ends none of the others.
final class PlanExecution {
    /// Owners that keep a finished step from going with one of them. Whoever comes later reads the result without
    /// joining, so that it does not grow with all who ever read it.
    static final int ENOUGH_OWNERS = 100;

    private final ExperimentView view;
    private final StepWriter steps;
    private final Runnable store;
    private final EventRecorder events;
    private final FollowedSteps followed;
    private final Set<StepKey> touched = new HashSet<>();
    private final List<Runnable> pendingEvents = new ArrayList<>();
    private @Nullable String refusal;

    /// @param store makes the claim for the results where it is missing
    PlanExecution(ExperimentView view, StepWriter steps, Runnable store, EventRecorder events) {
        this.view = view;
        this.steps = steps;
        this.store = store;
        this.events = events;
        this.followed = FollowedSteps.of(view);
    }

    /// Recorder of the events about the experiment.
    interface EventRecorder {
        void record(Reason reason, String sentence);
    }

    /// @param actions the decided actions that were carried out; the next pass observes what they lead to
    /// @param refusal what the API server answered to the first write that it refused
    record Outcome(List<Action> actions, Optional<String> refusal) {
        Outcome {
            actions = List.copyOf(actions);
        }
    }

    /// Events are recorded after all actions: no step waits for the event of another.
    Outcome execute() {
        try {
            return act();
        } finally {
            pendingEvents.forEach(Runnable::run);
        }
    }

    private Outcome act() {
        List<Action> decided = Decider.decide(view.observation());
        List<Action> done = new ArrayList<>();
        for (TrainingStep step : view.stale()) attempt(() -> release(step));
        for (Action action : decided)
            if (action instanceof Stop(var key, var because) && attempt(() -> stop(key, because))) done.add(action);
        boolean hasStore = !view.isFresh() || attempt(store);
        for (Action action : decided)
            if (action instanceof Start(var step, var because) && hasStore && attempt(() -> start(step, because)))
                done.add(action);
        for (PlannedStep planned : view.plan().steps()) attempt(() -> maintain(planned));
        if (refusal == null) for (Action action : decided) if (action instanceof Conclude) done.add(action);
        return new Outcome(done, Optional.ofNullable(refusal));
    }

    /// @return false where the API server refuses the write
    private boolean attempt(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException failure) {
            Refusal refused = Refusal.of(failure).orElseThrow(() -> failure);
            if (refusal == null) refusal = refused.message();
            return false;
        }
    }

    private void start(PlannedStep planned, String because) {
        TrainingStep existing = view.existing(planned);
        if (existing != null && ExperimentView.isLeaving(existing)) return;
        apply(planned, existing, true);
        record(Reason.StepStarted, planned, because);
    }

    private void stop(StepKey key, String because) {
        view.plan().step(key).ifPresent(planned -> {
            TrainingStep existing = view.existing(planned);
            if (existing == null
                    || !RunRequests.of(existing).isRequestedBy(view.owner().uid())) return;
            apply(planned, existing, false);
            record(Reason.StepsStopping, planned, because);
        });
    }

    private void release(TrainingStep step) {
        steps.release(view.owner(), step);
        record(
                Reason.StepReleased,
                step.getSpec().title(),
                step.getMetadata().getName(),
                Messages.NOT_IN_PLAN.formatted(view.plan().steps().size()));
    }

    private void record(Reason reason, PlannedStep step, String because) {
        record(reason, step.title(), view.nameOf(step), because);
    }

    private void record(Reason reason, @Nullable String title, String name, String because) {
        String sentence = Messages.STEP_EVENT.formatted(title, name, because);
        pendingEvents.add(() -> events.record(reason, sentence));
    }

    /// Keeps a step up to date without a decision: a result of another experiment gets a second owner, so that it is
    /// not deleted with the first; an edit reaches unfinished steps; and the request for a failed step
    /// is withdrawn, because another experiment may try it again later, and must be able to stop it then.
    private void maintain(PlannedStep planned) {
        TrainingStep existing = view.existing(planned);
        if (existing == null || touched.contains(planned.key()) || ExperimentView.isLeaving(existing)) return;
        RunRequests requests = RunRequests.of(existing);
        boolean owned = requests.isOwnedBy(view.owner().uid());
        boolean requested = requests.isRequestedBy(view.owner().uid());
        if (ExperimentView.isDone(existing)) {
            if (!owned && requests.owners().size() < ENOUGH_OWNERS) apply(planned, existing, true);
        } else if (ExperimentView.hasFailed(existing) && !view.mayRetry(existing)) {
            if (requested) apply(planned, existing, false);
        } else if (view.isFresh() && (owned || ExperimentView.hasFailed(existing))) {
            if (!spec(planned, existing).equals(existing.getSpec()))
                apply(planned, existing, requested && !ExperimentView.hasFailed(existing));
        }
    }

    private void apply(PlannedStep planned, @Nullable TrainingStep existing, boolean requested) {
        touched.add(planned.key());
        String uid = view.owner().uid();
        if (existing == null) {
            RunRequests first = new RunRequests(Set.of(uid), Set.of(), Map.of(uid, view.generation()));
            steps.create(view.owner(), view.nameOf(planned), made(planned, 0), first);
            return;
        }
        TrainingStepSpec spec = spec(planned, existing);
        RunRequests requests = RunRequests.of(existing).joined(uid, requested);
        steps.update(
                view.owner(),
                existing,
                spec,
                spec.equals(existing.getSpec()) ? requests : requests.tried(uid, view.generation()));
    }

    /// The spec as it is, unless this pass may change it: an edit reaches steps that are not done and that no other
    /// owner requests, and gives failed ones another attempt. So does an experiment that joins a step which failed
    /// with the limits of others.
    private TrainingStepSpec spec(PlannedStep planned, TrainingStep existing) {
        boolean others =
                RunRequests.of(existing).isRequestedByOthersThan(view.owner().uid());
        if (ExperimentView.isDone(existing)) return existing.getSpec();
        if (ExperimentView.hasFailed(existing))
            return view.mayRetry(existing) ? made(planned, existing.getSpec().attempt() + 1) : existing.getSpec();
        if (others || !view.isFresh()) return existing.getSpec();
        return TrainingStepSpecs.edited(view, planned, existing.getSpec());
    }

    private TrainingStepSpec made(PlannedStep planned, int attempt) {
        return TrainingStepSpecs.spec(view, planned, attempt, followed.wanted(planned));
    }
}
