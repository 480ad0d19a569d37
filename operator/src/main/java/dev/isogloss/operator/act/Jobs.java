package dev.isogloss.operator.act;

import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// Reads and writes of Jobs at the API server.
public final class Jobs {
    private final KubernetesClient client;
    private final OperatorSettings settings;

    public Jobs(KubernetesClient client, OperatorSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /// @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if a Job of this name exists
    public Job create(TrainingStep step) {
        return client.resource(StepJob.of(step, settings)).create();
    }

    /// From the API server itself: the watch has only Jobs with our label.
    public Optional<Job> get(TrainingStep step) {
        return Optional.ofNullable(client.batch()
                .v1()
                .jobs()
                .inNamespace(step.getMetadata().getNamespace())
                .withName(step.getMetadata().getName())
                .get());
    }

    /// Its pods go first, so that no other Job starts while they still write.
    public void remove(Job job) {
        client.resource(job)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
    }

    /// A Job that is suspended here says so: only such a one is resumed here.
    public Job suspend(Job job, boolean suspend) {
        String mark = suspend ? "\"true\"" : "null";
        return patch(
                job,
                "{\"metadata\":{\"annotations\":{\"%s\":%s}},\"spec\":{\"suspend\":%s}}"
                        .formatted(Labels.SUSPENDED, mark, suspend));
    }

    /// Lets a finished Job and its logs stay for so many seconds.
    public Job keep(Job job, int seconds) {
        return patch(job, "{\"spec\":{\"ttlSecondsAfterFinished\":%d}}".formatted(seconds));
    }

    private Job patch(Job job, String json) {
        return client.resource(job).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    /// Notes at a step that its Job of this generation is made again to read the result from the store.
    public TrainingStep markReread(TrainingStep step) {
        return client.resource(step)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"%s\":\"%d\"}}}"
                                .formatted(Labels.REREAD, step.getMetadata().getGeneration()));
    }

    /// The message of the Job controller's event that it could create no pod: a quota, a policy, a priority class
    /// that does not exist.
    ///
    /// @param since older events are of a time before the Job was stopped and resumed
    public Optional<String> refusal(Job job, Instant since) {
        return client
                .v1()
                .events()
                .inNamespace(job.getMetadata().getNamespace())
                .withField("involvedObject.uid", job.getMetadata().getUid())
                .withField("reason", "FailedCreate")
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getLastTimestamp() != null)
                .filter(event -> !Instant.parse(event.getLastTimestamp()).isBefore(since))
                .max(Comparator.comparing(Event::getLastTimestamp))
                .map(Event::getMessage);
    }

    /// What keeps a pod from starting that a node has, in Kubernetes' words; empty where nothing is told.
    public Optional<String> warnings(Pod pod) {
        return PodWarnings.of(client.v1()
                .events()
                .inNamespace(pod.getMetadata().getNamespace())
                .withField("involvedObject.uid", pod.getMetadata().getUid())
                .list()
                .getItems());
    }

    public String template(TrainingStep step) {
        return StepJob.hash(step, settings);
    }
}
