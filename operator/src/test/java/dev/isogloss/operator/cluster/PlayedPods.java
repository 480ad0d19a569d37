package dev.isogloss.operator.cluster;

import dev.isogloss.operator.names.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// The trainer in pods that run on played nodes: tells those that the test picks to end, and what to leave.
final class PlayedPods implements AutoCloseable {
    private final KubernetesClient client;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final SharedIndexInformer<Pod> informer;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile Predicate<Pod> ends;

    PlayedPods(KubernetesClient client, String namespace, Predicate<Pod> ends) {
        this.client = client;
        this.ends = ends;
        this.informer = client.pods().inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                later(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                later(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {}
        });
    }

    /// From now on others end, those that run included.
    void let(Predicate<Pod> others) {
        ends = others;
        informer.getStore().list().forEach(this::later);
    }

    private void later(Pod pod) {
        if (!worker.isShutdown()) worker.execute(() -> tell(pod));
    }

    private void tell(Pod pod) {
        boolean runs =
                pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
        if (!runs || !ends.test(pod) || !told.add(pod.getMetadata().getUid())) return;
        String result = PlayedTrainer.result(pod.getMetadata().getAnnotations().get(Labels.SPEC));
        end(pod, 0, result);
    }

    /// Ends a pod with an exit code and these last words; it is not told to end otherwise afterwards.
    void end(Pod pod, int exitCode, String lastWords) {
        told.add(pod.getMetadata().getUid());
        Map<String, Object> patch = Map.of(
                "metadata",
                Map.of(
                        "annotations",
                        Map.of(
                                "sim.isogloss/exit-code",
                                String.valueOf(exitCode),
                                "sim.isogloss/message",
                                lastWords,
                                "sim.isogloss/run-for",
                                "0s")));
        try {
            client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw failure;
        }
    }

    @Override
    public void close() {
        informer.close();
        worker.close();
    }
}
