package dev.isogloss.operator.views;

import dev.isogloss.operator.names.Labels;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Read-only view of a step's Job.
public record JobView(Job job) {

    public String name() {
        return job.getMetadata().getName();
    }

    public String uid() {
        return Objects.requireNonNullElse(job.getMetadata().getUid(), "");
    }

    public boolean isLeaving() {
        return job.getMetadata().getDeletionTimestamp() != null;
    }

    /// True if it was created for this TrainingStep, and not for a former one of the same name.
    public boolean belongsTo(String uid) {
        return owners().stream().anyMatch(owner -> owner.getUid().equals(uid));
    }

    /// True if the operator created it, for any step.
    public boolean isOurs() {
        return Labels.ISOGLOSS.equals(labels().get(Labels.MANAGED_BY));
    }

    /// True if Kueue manages it. Kueue may have set the label itself, where a namespace has a default queue.
    public boolean isQueued() {
        return labels().containsKey(Labels.QUEUE);
    }

    public String queue() {
        return labels().getOrDefault(Labels.QUEUE, "");
    }

    public boolean isSuspended() {
        return Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    /// True if the operator has suspended it, and not Kueue or a person, who resume it themselves.
    public boolean isSuspendedByUs() {
        return isSuspended() && annotations().containsKey(Labels.SUSPENDED);
    }

    public boolean isComplete() {
        return condition("Complete").isPresent();
    }

    public Optional<JobCondition> failure() {
        return condition("Failed");
    }

    /// The generation of the TrainingStep that it was created for.
    public long generation() {
        @Nullable String generation = annotations().get(Labels.GENERATION);
        return generation == null ? 0 : Long.parseLong(generation);
    }

    public String template() {
        return annotations().getOrDefault(Labels.TEMPLATE, "");
    }

    /// The time of its start or resumption; of its creation until the Job controller has seen it.
    public Optional<String> mayHavePodsSince() {
        return Optional.ofNullable(status().getStartTime())
                .or(() -> Optional.ofNullable(job.getMetadata().getCreationTimestamp()));
    }

    public int active() {
        return number(status().getActive());
    }

    public int failed() {
        return number(status().getFailed());
    }

    /// Pods that were started for it and counted; those that were stopped or thrown off their node are not.
    public int attempts() {
        return active() + failed() + number(status().getSucceeded());
    }

    /// Seconds that it stays after its end: without end where it has no such limit.
    public int keptSeconds() {
        return Objects.requireNonNullElse(job.getSpec().getTtlSecondsAfterFinished(), Integer.MAX_VALUE);
    }

    public Optional<String> completionTime() {
        return Optional.ofNullable(status().getCompletionTime())
                .or(() -> failure().map(JobCondition::getLastTransitionTime));
    }

    private Optional<JobCondition> condition(String type) {
        return Objects.requireNonNullElse(status().getConditions(), List.<JobCondition>of()).stream()
                .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    private JobStatus status() {
        return Objects.requireNonNullElseGet(job.getStatus(), JobStatus::new);
    }

    private List<OwnerReference> owners() {
        return Objects.requireNonNullElse(job.getMetadata().getOwnerReferences(), List.of());
    }

    private Map<String, String> labels() {
        return Objects.requireNonNullElse(job.getMetadata().getLabels(), Map.of());
    }

    private Map<String, String> annotations() {
        return Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.of());
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
