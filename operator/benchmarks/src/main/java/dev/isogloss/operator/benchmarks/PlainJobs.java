package dev.isogloss.operator.benchmarks;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// Jobs that a plain client makes, without any operator: what the machine can do at most.
final class PlainJobs {
    private static final Duration LONG = Duration.ofHours(1);
    private static final ListOptions ONE =
            new ListOptionsBuilder().withLimit(1L).build();

    private final KubernetesClient client;

    PlainJobs(KubernetesClient client) {
        this.client = client;
    }

    /// Makes Jobs one by one, and waits until all are complete.
    ///
    /// @return how many were complete a second
    double run(String benchmark, String namespace, int jobs, IntFunction<Job> job) throws Exception {
        Watched watched = new Watched(client, namespace, StepLengths.all(Duration.ZERO));
        ProcessorTime times = ProcessorTime.from(0);
        long began = System.nanoTime();
        for (int i = 0; i < jobs; i++) client.resource(job.apply(i)).create();
        Until.holds(
                "all Jobs of " + namespace + " are complete",
                LONG,
                () -> watched.completed().size() == jobs);
        double rate = jobs / ((System.nanoTime() - began) / 1e9);
        times.print(benchmark, jobs);
        return rate;
    }

    /// Takes away all Jobs of a namespace and their pods: what is left of them costs API server, controllers and nodes
    /// time as long as it is there.
    void remove(String namespace) throws Exception {
        client.raw(
                "/apis/batch/v1/namespaces/%s/jobs?propagationPolicy=Background".formatted(namespace), "DELETE", null);
        client.raw("/api/v1/namespaces/%s/pods?gracePeriodSeconds=0".formatted(namespace), "DELETE", null);
        Until.holds("nothing is left in " + namespace, LONG, () -> isEmpty(namespace));
    }

    private boolean isEmpty(String namespace) {
        return client.pods().inNamespace(namespace).list(ONE).getItems().isEmpty()
                && client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .list(ONE)
                        .getItems()
                        .isEmpty();
    }

    /// As little of a Job as there can be.
    static Job bare(String namespace, int number) {
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("bare-" + number)
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .withAnnotations(Map.of("sim.isogloss/run-for", "never"))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("trainer")
                .withImage("none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /// A Job like one that is there, in another namespace and without an owner: the same pod with the same volumes,
    /// variables and annotations.
    static Job like(Job job, String namespace) {
        return new JobBuilder(job)
                .withMetadata(fresh(job, namespace))
                .withStatus(null)
                .editSpec()
                .withSelector(null)
                .editTemplate()
                .editMetadata()
                .withLabels(own(job.getSpec().getTemplate().getMetadata().getLabels()))
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    static PersistentVolumeClaim like(PersistentVolumeClaim claim, String namespace) {
        return new PersistentVolumeClaimBuilder(claim)
                .withMetadata(fresh(claim, namespace))
                .withStatus(null)
                .editSpec()
                .withVolumeName(null)
                .endSpec()
                .build();
    }

    private static ObjectMeta fresh(HasMetadata resource, String namespace) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(resource.getMetadata().getName())
                .withLabels(own(resource.getMetadata().getLabels()))
                .build();
    }

    /// Without the labels by which a Job finds its pods; its controller adds new ones.
    private static Map<String, String> own(Map<String, String> labels) {
        Map<String, String> own = new TreeMap<>(labels);
        own.keySet()
                .removeIf(name -> name.startsWith("batch.kubernetes.io/")
                        || name.equals("job-name")
                        || name.equals("controller-uid"));
        return own;
    }
}
