package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.TrainingStepSpec;
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

/// One pass over an experiment's plan: the decider is asked, and what it says is done.
final class PlanExecution {
    private final ExperimentView scene;
    private final StepWriter steps;
    private final Tidings tidings;
    private final Set<StepKey> touched = new HashSet<>();
    private final List<Runnable> told = new ArrayList<>();

    PlanExecution(ExperimentView scene, StepWriter steps, Tidings tidings) {
        this.scene = scene;
        this.steps = steps;
        this.tidings = tidings;
    }

    /// Hears what was done, a sentence each.
    interface Tidings {
        void tell(Reason reason, String sentence);
    }

    /// What was done is told when all of it is done: no step waits for the events of another.
    ///
    /// @return the actions that were decided on; what they lead to is seen in the next pass
    List<Action> once() {
        try {
            return act();
        } finally {
            told.forEach(Runnable::run);
        }
    }

    private List<Action> act() {
        List<Action> actions = Decider.decide(scene.observation());
        for (Action action : actions)
            switch (action) {
                case Start(var step, var because) -> start(step, because);
                case Stop(var key, var because) -> stop(key, because);
                case Conclude _ -> {}
            }
        scene.unwanted().forEach(this::release);
        scene.plan().steps().forEach(this::keepUp);
        return actions;
    }

    private void start(PlannedStep planned, String because) {
        TrainingStep existing = scene.existing(planned);
        if (existing != null && ExperimentView.isLeaving(existing)) return;
        apply(planned, existing, true);
        tell(Reason.StepStarted, "%s (%s): %s".formatted(planned.title(), scene.nameOf(planned), because));
    }

    private void stop(StepKey key, String because) {
        scene.plan().step(key).ifPresent(planned -> {
            TrainingStep existing = scene.existing(planned);
            if (existing == null
                    || !RunRequests.of(existing).isWantedBy(scene.owner().uid())) return;
            apply(planned, existing, false);
            tell(Reason.StepsStopping, "%s (%s): %s".formatted(planned.title(), scene.nameOf(planned), because));
        });
    }

    private void release(TrainingStep step) {
        steps.release(scene.owner(), step);
        tell(
                Reason.StepReleased,
                "%s (%s): the plan of %d steps does not hold it any more"
                        .formatted(
                                step.getSpec().title(),
                                step.getMetadata().getName(),
                                scene.plan().steps().size()));
    }

    private void tell(Reason reason, String sentence) {
        told.add(() -> tidings.tell(reason, sentence));
    }

    /// What nobody had to decide: results of others are kept from being collected with their makers, after an edit
    /// steps on their way learn of it, and what failed is not wanted any more: another experiment may try it again
    /// later, and must be able to stop it then.
    private void keepUp(PlannedStep planned) {
        TrainingStep existing = scene.existing(planned);
        if (existing == null || touched.contains(planned.key()) || ExperimentView.isLeaving(existing)) return;
        boolean owned = RunRequests.of(existing).isOwnedBy(scene.owner().uid());
        if (ExperimentView.isDone(existing)) {
            if (!owned) apply(planned, existing, true);
        } else if (ExperimentView.hasFailed(existing) && !scene.isFresh()) {
            if (RunRequests.of(existing).isWantedBy(scene.owner().uid())) apply(planned, existing, false);
        } else if (scene.isFresh() && (owned || ExperimentView.hasFailed(existing))) {
            boolean wanted =
                    RunRequests.of(existing).isWantedBy(scene.owner().uid()) && !ExperimentView.hasFailed(existing);
            if (!spec(planned, existing).equals(existing.getSpec())) apply(planned, existing, wanted);
        }
    }

    private void apply(PlannedStep planned, @Nullable TrainingStep existing, boolean wanted) {
        touched.add(planned.key());
        steps.apply(scene.owner(), scene.nameOf(planned), spec(planned, existing), existing, wanted);
    }

    /// The spec as it is, unless this pass may change it: an edit reaches steps that are not done and that nobody
    /// else wants to run as they are, and gives failed ones another attempt. So does an experiment that joins a
    /// step which failed for others, with limits that were theirs.
    private TrainingStepSpec spec(PlannedStep planned, @Nullable TrainingStep existing) {
        if (existing == null) return TrainingStepSpecs.spec(scene, planned, 0);
        boolean others =
                RunRequests.of(existing).isWantedByOthersThan(scene.owner().uid());
        boolean owned = RunRequests.of(existing).isOwnedBy(scene.owner().uid());
        if (ExperimentView.hasFailed(existing) && (scene.isFresh() || !owned))
            return TrainingStepSpecs.spec(scene, planned, existing.getSpec().attempt() + 1);
        if (ExperimentView.isDone(existing) || others || !scene.isFresh()) return existing.getSpec();
        return TrainingStepSpecs.spec(scene, planned, existing.getSpec().attempt());
    }
}
