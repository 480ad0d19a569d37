package dev.isogloss.operator.views;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The store of a watch of Jobs or pods, which keeps only the fields that the operator reads. Each of them holds the
/// step's JSON once more, until it goes some minutes after its end.
///
/// A store serves one watch. The framework has a watch for each namespace that it is given, and one store for all of
/// them, in which they would forget each other's resources: with several namespaces its own stores (null) must do.
public final class TrimmedItemStore<R extends HasMetadata> extends BasicItemStore<R> {
    /// The scores of some twenty languages fit, or those of a few steps that followed.
    private static final int LONG_MESSAGE = 2048;

    /// A list of all that is there comes in parts of this size: of thousands of steps, what is read at once
    /// would take more memory than all that is kept of them. Each part is read while the API server waits, and
    /// costs it the more the smaller all are.
    public static final long PART = 200;

    private final Consumer<R> diet;

    private TrimmedItemStore(Consumer<R> diet) {
        super(Cache::metaNamespaceKeyFunc);
        this.diet = diet;
    }

    public static @Nullable ItemStore<Job> jobs(int namespaces) {
        return namespaces > 1 ? null : new TrimmedItemStore<Job>(TrimmedItemStore::slim);
    }

    public static @Nullable ItemStore<Pod> pods(int namespaces) {
        return namespaces > 1 ? null : new TrimmedItemStore<Pod>(TrimmedItemStore::slim);
    }

    @Override
    public R put(String key, R resource) {
        diet.accept(resource);
        return super.put(key, resource);
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
