package dev.isogloss.operator.cluster;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// A namespace of a test's own, and the actions of a user in it.
final class OperatorRig implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final KubernetesClient client;
    private final String namespace;

    OperatorRig(KubernetesClient client) {
        this.client = client;
        this.namespace =
                "lab-" + COUNT.incrementAndGet() + "-" + ProcessHandle.current().pid();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    /// As `kubectl apply` does, with nothing filled in on this side.
    void apply(String yaml) {
        GenericKubernetesResource resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        client.resource(resource).create();
    }

    void patch(String name, String json) {
        client.resources(TransferExperiment.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    void delete(String name) {
        client.resources(TransferExperiment.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    TransferExperiment experiment(String name) {
        return Objects.requireNonNull(client.resources(TransferExperiment.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    List<TrainingStep> steps() {
        return client.resources(TrainingStep.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    TrainingStep step(String title) {
        return steps().stream()
                .filter(step -> title.equals(step.getSpec().title()))
                .findFirst()
                .orElseThrow();
    }

    List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace(namespace).list().getItems();
    }

    /// How often the Job controller has counted a pod as failed, for each Job.
    List<Integer> failures() {
        return jobs().stream().map(job -> new JobView(job).failed()).toList();
    }

    /// Pods that run and were not told to stop.
    List<Pod> running() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> new PodView(pod).isRunning())
                .toList();
    }

    ExperimentStatus await(String name, ConditionType type) {
        return await(
                name,
                status -> Conditions.holds(status.conditions(), type)
                        && Objects.equals(
                                status.observedGeneration(),
                                experiment(name).getMetadata().getGeneration()));
    }

    ExperimentStatus await(String name, Predicate<ExperimentStatus> holds) {
        try {
            return Awaitility.await(name)
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreException(NullPointerException.class)
                    .until(() -> Objects.requireNonNull(experiment(name).getStatus()), holds);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(late.getMessage() + "\n" + state(), late);
        }
    }

    /// State of all steps and Jobs, for the message of a wait that failed.
    private String state() {
        Stream<String> steps = steps().stream().map(step -> "%s %s %s %s"
                .formatted(
                        step.getSpec().title(),
                        step.getMetadata().getResourceVersion(),
                        step.getMetadata().getAnnotations(),
                        step.getStatus()));
        Stream<String> jobs = jobs().stream().map(job -> "%s suspend=%s %s"
                .formatted(
                        job.getMetadata().getName(),
                        job.getSpec().getSuspend(),
                        job.getStatus().getConditions()));
        return Stream.concat(steps, jobs).collect(Collectors.joining("\n"));
    }

    void eventually(Runnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                // what is not there yet: an object, or its status
                .ignoreExceptionsMatching(
                        early -> early instanceof NoSuchElementException || early instanceof NullPointerException)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion::run);
    }

    Condition condition(String name, ConditionType type) {
        return Optional.ofNullable(experiment(name).getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), type))
                .orElseThrow();
    }

    @Override
    public void close() {
        client.close();
    }
}
