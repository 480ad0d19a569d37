package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.resource.TrainingStep;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Read-only view of a step, its Job and its pods at one moment.
///
/// @param job      its Job; null where there is none
/// @param template hash that the pod template and queue of a Job created now would have
/// @param pods     all pods that carry the step's label, of this Job and of former ones
public record StepView(TrainingStep step, @Nullable JobView job, String template, List<PodView> pods) {

    public StepView {
        pods = pods.stream().sorted(Comparator.comparing(PodView::creationTime)).toList();
    }

    StepView with(JobView other) {
        return new StepView(step, other, template, pods);
    }

    String uid() {
        return step.getMetadata().getUid();
    }

    long generation() {
        return Objects.requireNonNullElse(step.getMetadata().getGeneration(), 0L);
    }

    /// True if an owner requests it to run, and it was not suspended by hand.
    boolean isRequested() {
        return !step.getSpec().suspend() && RunRequests.of(step).isRequested();
    }

    /// True if it is done or has failed. A result is final, since key and work of a step never change; a failure
    /// holds for one generation.
    boolean hasEnded() {
        return isComplete() || hasFailed();
    }

    /// True if a Job of this generation was made again already, because a pod was gone with the result.
    boolean hasReread() {
        @Nullable Map<String, String> annotations = step.getMetadata().getAnnotations();
        return annotations != null && String.valueOf(generation()).equals(annotations.get(Labels.REREAD));
    }

    private boolean isComplete() {
        return condition(ConditionType.Complete).isPresent();
    }

    private boolean hasFailed() {
        return condition(ConditionType.Failed)
                .filter(condition -> Objects.equals(condition.observedGeneration(), generation()))
                .isPresent();
    }

    private Optional<Condition> condition(ConditionType type) {
        @Nullable TrainingStepStatus status = step.getStatus();
        if (status == null || status.conditions() == null) return Optional.empty();
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type.name()))
                .filter(condition -> condition.status().equals("True"))
                .findFirst();
    }

    /// The pods of the present Job.
    List<PodView> podsOfJob() {
        return job == null
                ? List.of()
                : pods.stream().filter(pod -> pod.belongsTo(job.uid())).toList();
    }

    /// True if a pod of it ever came as far as a node.
    boolean hasRun() {
        @Nullable TrainingStepStatus status = step.getStatus();
        return status != null && status.startTime() != null
                || pods.stream().anyMatch(pod -> pod.startTime().isPresent());
    }

    /// Device time of the Job's pods that have ended and are still there, by extended resource.
    Map<String, Double> deviceSeconds() {
        Map<String, Double> sum = new TreeMap<>();
        podsOfJob().forEach(pod -> pod.deviceSeconds().forEach((name, held) -> sum.merge(name, held, Double::sum)));
        return sum;
    }

    List<PodView> unfinishedPods() {
        return pods.stream().filter(pod -> !pod.isOver()).toList();
    }
}
