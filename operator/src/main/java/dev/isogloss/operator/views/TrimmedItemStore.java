package dev.isogloss.operator.views;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.run.CoTrainingRunStatus;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The store of a watch, which keeps only the fields that the operator reads. A lab with thousands of finished steps
/// has a Job and a pod for each of them, and each of those holds the step's JSON once more.
///
/// A store serves one watch. The framework has a watch for each namespace that it is given, and one store for all of
/// them, in which they would forget each other's resources: with several namespaces its own stores (null) must do.
public final class TrimmedItemStore<R extends HasMetadata> extends BasicItemStore<R> {
    /// A few scores fit; most steps leave less.
    private static final int LONG_MESSAGE = 512;

    /// Annotation in the store alone: what is left of an ended experiment's spec.
    private static final String STAYS = "seconds-to-stay";

    private static final Storage NO_STORAGE = new Storage(new Location(null, null, null, null));
    private static final Runtime NO_RUNTIME =
            new Runtime(null, null, null, 1, null, 0, FailurePolicy.Stop, 1, null, 0, null);

    /// A list of all that is there comes in parts of this size: of thousands of steps, what is read at once would take
    /// more memory than all that is kept of them.
    public static final long PART = 200;

    private final Consumer<R> diet;

    private final UnaryOperator<R> form;

    private TrimmedItemStore(Consumer<R> diet) {
        this(diet, UnaryOperator.identity());
    }

    private TrimmedItemStore(Consumer<R> diet, UnaryOperator<R> form) {
        super(Cache::metaNamespaceKeyFunc);
        this.diet = diet;
        this.form = form;
    }

    public static @Nullable ItemStore<TransferExperiment> experiments(int namespaces) {
        return namespaces > 1 ? null : new TrimmedItemStore<TransferExperiment>(TrimmedItemStore::slim);
    }

    public static @Nullable ItemStore<CoTrainingRun> runs(int namespaces) {
        return namespaces > 1 ? null : new TrimmedItemStore<CoTrainingRun>(TrimmedItemStore::slim);
    }

    public static @Nullable ItemStore<Job> jobs(int namespaces) {
        return namespaces > 1 ? null : new TrimmedItemStore<Job>(TrimmedItemStore::slim);
    }

    public static @Nullable ItemStore<Pod> pods(int namespaces) {
        return namespaces > 1 ? null : new TrimmedItemStore<Pod>(TrimmedItemStore::slim);
    }

    public static @Nullable ItemStore<TrainingStep> steps(int namespaces) {
        return namespaces > 1 ? null : new TrimmedItemStore<TrainingStep>(TrimmedItemStore::slim, EndedStep::kept);
    }

    @Override
    public R put(String key, R resource) {
        diet.accept(resource);
        return super.put(key, form.apply(resource));
    }

    private static void slim(TransferExperiment experiment) {
        slim(
                experiment,
                experiment.getStatus(),
                experiment.getSpec() == null
                        ? null
                        : experiment.getSpec().common().ttlSecondsAfterFinished(),
                experiment::setStatus);
    }

    private static void slim(CoTrainingRun run) {
        ExperimentStatus common =
                run.getStatus() == null ? null : run.getStatus().common();
        slim(
                run,
                common,
                run.getSpec() == null ? null : run.getSpec().common().ttlSecondsAfterFinished(),
                rest -> run.setStatus(new CoTrainingRunStatus(rest, null, null, null, null, null, null, null)));
    }

    /// An ended experiment is only asked whether it has ended, and for how long it stays, until it is edited.
    private static void slim(
            CustomResource<?, ?> experiment,
            @Nullable ExperimentStatus status,
            @Nullable Integer secondsToStay,
            Consumer<ExperimentStatus> keep) {
        experiment.getMetadata().setManagedFields(null);
        if (status == null || !hasEnded(status.conditions(), experiment.getMetadata())) return;
        experiment
                .getMetadata()
                .setAnnotations(secondsToStay == null ? Map.of() : Map.of(STAYS, String.valueOf(secondsToStay)));
        experiment.setSpec(null);
        keep.accept(new ExperimentStatus(
                status.phase(),
                status.observedGeneration(),
                holding(status.conditions()),
                null,
                null,
                null,
                null,
                null,
                secondsToStay == null ? null : status.completionTime()));
    }

    /// Seconds that an ended experiment stays of which a store has dropped the spec; null where it stays for good.
    public static @Nullable Integer secondsToStay(HasMetadata experiment) {
        @Nullable String seconds = experiment.getMetadata().getAnnotations().get(STAYS);
        return seconds == null ? null : Integer.valueOf(seconds);
    }

    private static boolean hasEnded(@Nullable List<Condition> conditions, ObjectMeta metadata) {
        return Objects.requireNonNullElse(conditions, List.<Condition>of()).stream()
                .filter(condition -> condition.status().equals("True"))
                .filter(condition -> Objects.equals(condition.observedGeneration(), metadata.getGeneration()))
                .anyMatch(condition -> condition.type().equals(ConditionType.Complete.name())
                        || condition.type().equals(ConditionType.Failed.name()));
    }

    /// A step that is done is kept without the work in its spec and without false conditions. Code that writes such a
    /// step has to fetch it whole first.
    private static void slim(TrainingStep step) {
        step.getMetadata().setManagedFields(null);
        TrainingStepStatus status = step.getStatus();
        if (status == null || status.phase() != Phase.Succeeded) return;
        step.getMetadata().setAnnotations(withoutAttempts(step.getMetadata().getAnnotations()));
        TrainingStepSpec spec = step.getSpec();
        step.setSpec(trimmed(spec.key(), spec.kind().intern(), spec.title(), spec.attempt(), spec.suspend()));
        step.setStatus(new TrainingStepStatus(
                status.phase(),
                status.observedGeneration(),
                holding(status.conditions()),
                null,
                status.attempts(),
                status.reused(),
                status.scores(),
                status.facts(),
                status.keptModel(),
                status.digests(),
                status.labelSketch(),
                null,
                status.completionTime()));
    }

    /// Who tried a step for which generation is asked of failed ones alone.
    private static Map<String, String> withoutAttempts(@Nullable Map<String, String> annotations) {
        Map<String, String> rest = new HashMap<>(Objects.requireNonNullElse(annotations, Map.of()));
        rest.remove(Labels.TRIED_BY);
        return rest;
    }

    static TrainingStepSpec trimmed(String key, String kind, @Nullable String title, int attempt, boolean suspend) {
        return new TrainingStepSpec(
                key, kind, "{}", title, List.of(), Locations.NONE, NO_STORAGE, NO_RUNTIME, attempt, suspend);
    }

    private static List<Condition> holding(@Nullable List<Condition> conditions) {
        return Objects.requireNonNullElse(conditions, List.<Condition>of()).stream()
                .filter(condition -> condition.status().equals("True"))
                .map(condition -> new Condition(
                        condition.type().intern(),
                        condition.status().intern(),
                        condition.observedGeneration(),
                        condition.lastTransitionTime(),
                        condition.reason().intern(),
                        condition.message().intern()))
                .toList();
    }

    private static void slim(Job job) {
        job.getMetadata().setManagedFields(null);
        job.setSpec(new JobSpecBuilder()
                .withSuspend(job.getSpec().getSuspend())
                .withTtlSecondsAfterFinished(job.getSpec().getTtlSecondsAfterFinished())
                .build());
    }

    /// A result is read once, when its pod has ended: a long one is asked for then. A complaint is told while the
    /// Job still tries.
    private static void slim(Pod pod) {
        pod.getMetadata().setManagedFields(null);
        pod.getMetadata().setAnnotations(Map.of()); // not null: the framework looks for one of its own
        PodSpec spec = new PodSpec();
        if (pod.getSpec() != null)
            pod.getSpec().getContainers().forEach(container -> {
                var thin = new Container();
                thin.setName(container.getName());
                thin.setImage(container.getImage());
                thin.setResources(devices(container.getResources()));
                spec.getContainers().add(thin);
            });
        pod.setSpec(spec);
        if (pod.getStatus() == null || !"Succeeded".equals(pod.getStatus().getPhase())) return;
        for (ContainerStatus container :
                Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()))
            if (container.getState() != null
                    && container.getState().getTerminated() != null
                    && isLong(container.getState().getTerminated().getMessage()))
                container.getState().getTerminated().setMessage(null);
    }

    /// Extended resources alone, for the time on devices.
    private static @Nullable ResourceRequirements devices(@Nullable ResourceRequirements all) {
        if (all == null || all.getLimits() == null) return null;
        Map<String, Quantity> devices = new HashMap<>(all.getLimits());
        devices.keySet().removeIf(name -> !name.contains("/"));
        return devices.isEmpty()
                ? null
                : new ResourceRequirementsBuilder().withLimits(devices).build();
    }

    private static boolean isLong(@Nullable String message) {
        return message != null && message.length() > LONG_MESSAGE;
    }
}
