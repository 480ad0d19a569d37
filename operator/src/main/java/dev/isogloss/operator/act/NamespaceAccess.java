package dev.isogloss.operator.act;

import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferBenchmark;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Access to the namespaces that this installation is to watch. One that was deleted, or whose owner took the rights
/// away, is left out until they are back: a watch that may not begin would end the operator for all others.
public final class NamespaceAccess {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceAccess.class);

    private static final List<Class<? extends HasMetadata>> WATCHED = List.of(
            TransferExperiment.class,
            CoTrainingRun.class,
            TransferBenchmark.class,
            TrainingStep.class,
            Job.class,
            Pod.class);

    private final KubernetesClient client;
    private volatile Set<String> configured = Set.of();
    private volatile Set<String> admitted = Set.of();

    public NamespaceAccess(KubernetesClient client) {
        this.client = client;
    }

    /// The namespaces among those of the configuration that can be watched now; all of them where none can, and
    /// whatever else the framework understands by a set (all namespaces, its own one) as it is.
    public Set<String> admit(Set<String> namespaces) {
        if (namespaces.stream().anyMatch(NamespaceAccess::isPlaceholder)) return namespaces;
        configured = Set.copyOf(namespaces);
        Set<String> readable = readable();
        admitted = readable.isEmpty() ? configured : Set.copyOf(readable);
        return admitted;
    }

    /// True if certain namespaces are to be watched, and not all of the cluster.
    public boolean isSelective() {
        return !configured.isEmpty();
    }

    /// The namespaces that were admitted last.
    public Set<String> admitted() {
        return admitted;
    }

    private static boolean isPlaceholder(String namespace) {
        return namespace.equals(Constants.WATCH_ALL_NAMESPACES) || namespace.equals(Constants.WATCH_CURRENT_NAMESPACE);
    }

    /// Of the namespaces of the configuration, those in which everything may be read that is watched.
    public Set<String> readable() {
        Set<String> readable = new TreeSet<>();
        for (String namespace : configured) if (isReadable(namespace)) readable.add(namespace);
        return readable;
    }

    private boolean isReadable(String namespace) {
        try {
            for (Class<? extends HasMetadata> type : WATCHED)
                client.resources(type)
                        .inNamespace(namespace)
                        .list(new ListOptionsBuilder()
                                .withLimit(1L)
                                .withResourceVersion("0")
                                .build());
            return true;
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) return true;
            LOG.warn("namespace {} is not watched while its rights are missing: {}", namespace, failure.getMessage());
            return false;
        }
    }
}
