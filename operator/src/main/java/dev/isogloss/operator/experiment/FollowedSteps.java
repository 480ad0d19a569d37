package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.PodPer;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The steps of a plan that the pod of another one does after its own or has done, and what is known of them from that
/// one's TrainingStep: they have none themselves, unless their turn did not come.
///
/// Of one moment, as its view is.
final class FollowedSteps {
    private final ExperimentView view;

    /// Of steps without a TrainingStep, the TrainingSteps that name them; several, where a pod has ended before the
    /// step's turn and another one does it.
    private final Map<StepKey, List<TrainingStep>> carriers = new HashMap<>();

    private @Nullable FollowUps followUps;

    private FollowedSteps(ExperimentView view) {
        this.view = view;
    }

    static FollowedSteps of(ExperimentView view) {
        FollowedSteps followed = new FollowedSteps(view);
        Set<StepKey> without = view.plan().steps().stream()
                .map(PlannedStep::key)
                .filter(key -> !view.steps().containsKey(key))
                .collect(Collectors.toSet()); // others may have a pod do what this plan has not
        for (PlannedStep planned : view.plan().steps()) {
            TrainingStep step = view.existing(planned);
            if (step != null) named(step).filter(without::contains).forEach(key -> followed.add(key, step));
        }
        return followed;
    }

    private void add(StepKey key, TrainingStep carrier) {
        carriers.computeIfAbsent(key, _ -> new ArrayList<>()).add(carrier);
    }

    /// Those that some TrainingStep names.
    Set<StepKey> keys() {
        return carriers.keySet();
    }

    private static Stream<StepKey> named(TrainingStep step) {
        return Stream.concat(
                        step.getSpec().followUps().stream().map(FollowUp::key),
                        results(step).stream().map(FollowUpResult::key))
                .distinct()
                .map(StepKey::new);
    }

    private static List<FollowUpResult> results(TrainingStep step) {
        return step.getStatus() == null
                ? List.of()
                : Objects.requireNonNullElse(step.getStatus().followUps(), List.of());
    }

    /// What a new pod of this step does after it: nothing where it has a time in which it must end.
    List<PlannedStep> wanted(PlannedStep own) {
        PodPer podPer = view.runtime().podPer();
        if (podPer == PodPer.Step || view.runtime().stepDeadlineSeconds() != null) return List.of();
        if (followUps == null) followUps = FollowUps.of(view.plan());
        return followUps.after(own, podPer, this::isComing, this::isTaken);
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
