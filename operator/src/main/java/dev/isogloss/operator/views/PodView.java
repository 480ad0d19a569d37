package dev.isogloss.operator.views;

import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.result.ExitCode;
import dev.isogloss.result.TerminationMessage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Read-only view of one pod of a step.
public record PodView(Pod pod) {
    private static final Set<String> IMAGE_FAILURES = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable");
    private static final Set<String> CONTAINER_FAILURES =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    /// The reason for which a pod does not run yet.
    public record Delay(Reason reason, String message) {}

    public String name() {
        return pod.getMetadata().getName();
    }

    public boolean belongsTo(String jobUid) {
        return Objects.requireNonNullElse(pod.getMetadata().getOwnerReferences(), List.<OwnerReference>of()).stream()
                .anyMatch(owner -> owner.getUid().equals(jobUid));
    }

    private PodStatus status() {
        return Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    }

    private String phase() {
        return Objects.requireNonNullElse(status().getPhase(), "Pending");
    }

    public boolean isOver() {
        return phase().equals("Succeeded") || phase().equals("Failed");
    }

    public boolean isRunning() {
        return phase().equals("Running") && !isLeaving();
    }

    /// True if it was told to stop and has not stopped.
    public boolean isLeaving() {
        return pod.getMetadata().getDeletionTimestamp() != null && !isOver();
    }

    public boolean succeeded() {
        return phase().equals("Succeeded");
    }

    public boolean failed() {
        return phase().equals("Failed");
    }

    /// True if it was thrown off its node, or its node went away: no failure of its own.
    public boolean wasDisrupted() {
        return failed()
                && conditions().stream()
                        .anyMatch(condition -> condition.getType().equals("DisruptionTarget")
                                && condition.getStatus().equals("True"));
    }

    /// True if it ended since another process was running its step: no failure either.
    public boolean foundLocked() {
        return failed()
                && ExitCode.of(exitCode())
                        .filter(ExitCode.LockedElsewhere::equals)
                        .isPresent();
    }

    public Optional<String> startTime() {
        return Optional.ofNullable(status().getStartTime());
    }

    /// The start of its container, as the node reports it; to the second.
    public Optional<String> runningSince() {
        return container()
                .map(ContainerStatus::getState)
                .map(ContainerState::getRunning)
                .map(ContainerStateRunning::getStartedAt)
                .or(this::startTime);
    }

    public String creationTime() {
        return Objects.requireNonNullElse(pod.getMetadata().getCreationTimestamp(), "");
    }

    public Optional<ContainerStateTerminated> termination() {
        return container().map(ContainerStatus::getState).map(ContainerState::getTerminated);
    }

    /// The end of its container, as the node reports it.
    public Optional<String> endTime() {
        return termination().map(ContainerStateTerminated::getFinishedAt);
    }

    /// Seconds that it held each extended resource (`nvidia.com/gpu`), times their number: from the start of its
    /// container to its end; empty as long as it runs.
    public Map<String, Double> deviceSeconds() {
        double seconds = termination().map(PodView::seconds).orElse(0.0);
        Map<String, Double> held = new TreeMap<>();
        if (seconds > 0)
            limits().forEach((name, amount) -> {
                if (name.contains("/"))
                    held.put(name, seconds * amount.getNumericalAmount().doubleValue());
            });
        return held;
    }

    private static double seconds(ContainerStateTerminated ended) {
        if (ended.getStartedAt() == null || ended.getFinishedAt() == null) return 0;
        return Duration.between(Instant.parse(ended.getStartedAt()), Instant.parse(ended.getFinishedAt()))
                .toSeconds();
    }

    private Map<String, Quantity> limits() {
        if (pod.getSpec() == null) return Map.of();
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(Labels.CONTAINER))
                .map(Container::getResources)
                .filter(resources -> resources != null && resources.getLimits() != null)
                .map(ResourceRequirements::getLimits)
                .findFirst()
                .orElse(Map.of());
    }

    public TerminationMessage lastWords() {
        return TerminationMessage.read(
                termination().map(ContainerStateTerminated::getMessage).orElse(null));
    }

    /// Names of the containers that run on after the trainer's has ended, and keep the pod from ending: sidecars that
    /// something has injected.
    public List<String> outlivedBy() {
        if (termination().isEmpty() || isOver()) return List.of();
        return Objects.requireNonNullElse(status().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .filter(container ->
                        container.getState() != null && container.getState().getRunning() != null)
                .map(ContainerStatus::getName)
                .toList();
    }

    public boolean wasOutOfMemory() {
        return termination()
                .map(ContainerStateTerminated::getReason)
                .filter("OOMKilled"::equals)
                .isPresent();
    }

    public @Nullable Integer exitCode() {
        return termination().map(ContainerStateTerminated::getExitCode).orElse(null);
    }

    /// The reason of a pod's eviction (`Evicted`, `NodeLost`), with the message; empty where it was not.
    public String evictionMessage() {
        String reason = Objects.requireNonNullElse(status().getReason(), "");
        String message = Objects.requireNonNullElse(status().getMessage(), "");
        return reason.isEmpty() ? message : message.isEmpty() ? reason : reason + ": " + message;
    }

    /// The delay of a pending pod, in Kubernetes' words; empty right after its creation.
    public Optional<Delay> delay() {
        if (!phase().equals("Pending")) return Optional.empty();
        return unschedulable().or(this::waiting);
    }

    private Optional<Delay> unschedulable() {
        return conditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled"))
                .filter(condition -> condition.getStatus().equals("False"))
                .map(condition -> "SchedulingGated".equals(condition.getReason())
                        ? new Delay(Reason.Queued, Messages.GATED)
                        : new Delay(
                                Reason.Unschedulable,
                                Messages.UNSCHEDULABLE.formatted(
                                        Objects.requireNonNullElse(condition.getMessage(), ""))))
                .findFirst();
    }

    private List<PodCondition> conditions() {
        return Objects.requireNonNullElse(status().getConditions(), List.of());
    }

    private Optional<Delay> waiting() {
        return container()
                .map(ContainerStatus::getState)
                .map(ContainerState::getWaiting)
                .flatMap(this::failureToStart);
    }

    private Optional<Delay> failureToStart(ContainerStateWaiting waiting) {
        String reason = Objects.requireNonNullElse(waiting.getReason(), "");
        String detail = waiting.getMessage() == null ? reason : reason + ": " + waiting.getMessage();
        if (IMAGE_FAILURES.contains(reason))
            return Optional.of(new Delay(Reason.ImagePull, Messages.IMAGE_NOT_PULLED.formatted(image(), detail)));
        if (CONTAINER_FAILURES.contains(reason))
            return Optional.of(new Delay(Reason.ContainerConfig, Messages.CONTAINER_NOT_STARTED.formatted(detail)));
        return Optional.empty();
    }

    private String image() {
        if (pod.getSpec() == null) return "";
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(Labels.CONTAINER))
                .map(container -> container.getImage())
                .findFirst()
                .orElse("");
    }

    private Optional<ContainerStatus> container() {
        return Objects.requireNonNullElse(status().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .filter(container -> Labels.CONTAINER.equals(container.getName()))
                .findFirst();
    }
}
