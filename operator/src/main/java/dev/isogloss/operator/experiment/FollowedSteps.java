package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.plan.FollowUps;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.StepState;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The steps of a plan that the pod of another one does after its own or has done, and what is known of them from that
/// one's TrainingStep: they have none themselves, unless their turn did not come.
///
/// @param carriers of steps without a TrainingStep, the TrainingSteps that name them; several, where a pod has ended
///     before the step's turn and another one does it
record FollowedSteps(ExperimentView view, Map<StepKey, List<TrainingStep>> carriers) {

    static FollowedSteps of(ExperimentView view) {
        Map<StepKey, List<TrainingStep>> carriers = new HashMap<>();
        for (PlannedStep planned : view.plan().steps()) {
            TrainingStep step = view.existing(planned);
            if (step == null) continue;
            named(step)
                    .distinct()
                    .filter(key -> !view.steps().containsKey(key))
                    .forEach(key -> carriers.computeIfAbsent(key, _ -> new ArrayList<>())
                            .add(step));
        }
        if (!carriers.isEmpty()) // others may have it do what this plan has not
        carriers.keySet()
                    .retainAll(
                            view.plan().steps().stream().map(PlannedStep::key).toList());
        return new FollowedSteps(view, carriers);
    }

    private static Stream<StepKey> named(TrainingStep step) {
        return Stream.concat(
                        step.getSpec().followUps().stream().map(FollowUp::key),
                        results(step).stream().map(FollowUpResult::key))
                .map(StepKey::new);
    }

    private static List<FollowUpResult> results(TrainingStep step) {
        return step.getStatus() == null
                ? List.of()
                : Objects.requireNonNullElse(step.getStatus().followUps(), List.of());
    }

    /// What a new pod of this step does after it: nothing where it has a time in which it must end.
    List<PlannedStep> wanted(PlannedStep own) {
        if (view.runtime().stepDeadlineSeconds() != null) return List.of();
        return FollowUps.of(view.plan()).after(own, view.runtime().podPer(), this::isComing, this::isTaken);
    }

    private boolean isComing(StepKey key) {
        TrainingStep step = view.steps().get(key);
        if (step == null) return result(key).isPresent() || isNext(key);
        return ExperimentView.isDone(step) || view.state(step) instanceof StepState.Running;
    }

    private boolean isTaken(StepKey key) {
        return view.steps().containsKey(key) || isComing(key);
    }

    /// The result of a step that has no TrainingStep of its own.
    Optional<Result> result(StepKey key) {
        return carriers.getOrDefault(key, List.of()).stream()
                .filter(ExperimentView::isDone)
                .flatMap(carrier -> results(carrier).stream()
                        .filter(result -> result.key().equals(key.hex()))
                        .map(result -> new Result(carrier, result)))
                .findFirst();
    }

    /// @param carrier the TrainingStep whose pod made it
    record Result(TrainingStep carrier, FollowUpResult result) {}

    /// True if a pod that runs does it when its turn comes.
    boolean isNext(StepKey key) {
        return carriers.getOrDefault(key, List.of()).stream()
                .filter(carrier -> carrier.getSpec().followUps().stream()
                        .anyMatch(next -> next.key().equals(key.hex())))
                .anyMatch(carrier -> view.state(carrier) instanceof StepState.Running);
    }
}
