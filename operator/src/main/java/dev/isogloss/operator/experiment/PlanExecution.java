package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.TrainingStepSpec;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Execution of an experiment's plan, one pass of it: the decider's actions, carried out.
final class PlanExecution {
    private final ExperimentView view;
    private final StepWriter steps;
    private final EventRecorder events;
    private final Set<StepKey> touched = new HashSet<>();
    private final List<Runnable> pendingEvents = new ArrayList<>();

    PlanExecution(ExperimentView view, StepWriter steps, EventRecorder events) {
        this.view = view;
        this.steps = steps;
        this.events = events;
    }

    /// Recorder of the events about the experiment.
    interface EventRecorder {
        void record(Reason reason, String sentence);
    }

    /// Events are recorded after all actions: no step waits for the event of another.
    ///
    /// @return the decided actions; the next pass observes what they lead to
    List<Action> execute() {
        try {
            return act();
        } finally {
            pendingEvents.forEach(Runnable::run);
        }
    }

    private List<Action> act() {
        List<Action> actions = Decider.decide(view.observation());
        for (Action action : actions)
            switch (action) {
                case Start(var step, var because) -> start(step, because);
                case Stop(var key, var because) -> stop(key, because);
                case Conclude _ -> {}
            }
        view.stale().forEach(this::release);
        view.plan().steps().forEach(this::maintain);
        return actions;
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
        boolean owned = RunRequests.of(existing).isOwnedBy(view.owner().uid());
        if (ExperimentView.isDone(existing)) {
            if (!owned) apply(planned, existing, true);
        } else if (ExperimentView.hasFailed(existing) && !view.isFresh()) {
            if (RunRequests.of(existing).isRequestedBy(view.owner().uid())) apply(planned, existing, false);
        } else if (view.isFresh() && (owned || ExperimentView.hasFailed(existing))) {
            boolean requested =
                    RunRequests.of(existing).isRequestedBy(view.owner().uid()) && !ExperimentView.hasFailed(existing);
            if (!spec(planned, existing).equals(existing.getSpec())) apply(planned, existing, requested);
        }
    }

    private void apply(PlannedStep planned, @Nullable TrainingStep existing, boolean requested) {
        touched.add(planned.key());
        steps.apply(view.owner(), view.nameOf(planned), spec(planned, existing), existing, requested);
    }

    /// The spec as it is, unless this pass may change it: an edit reaches steps that are not done and that no other
    /// owner requests, and gives failed ones another attempt. So does an experiment that joins a step which failed
    /// with the limits of others.
    private TrainingStepSpec spec(PlannedStep planned, @Nullable TrainingStep existing) {
        if (existing == null) return TrainingStepSpecs.spec(view, planned, 0);
        boolean others =
                RunRequests.of(existing).isRequestedByOthersThan(view.owner().uid());
        boolean owned = RunRequests.of(existing).isOwnedBy(view.owner().uid());
        if (ExperimentView.hasFailed(existing) && (view.isFresh() || !owned))
            return TrainingStepSpecs.spec(view, planned, existing.getSpec().attempt() + 1);
        if (ExperimentView.isDone(existing) || others || !view.isFresh()) return existing.getSpec();
        return TrainingStepSpecs.spec(view, planned, existing.getSpec().attempt());
    }
}
