package dev.isogloss.operator.cluster;

import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.views.JobView;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The Job controller, the scheduler and the trainer of a cluster that has none of them: a Job that is not suspended
/// gets a pod, and ends as the test says.
final class PlayedJobs implements AutoCloseable {

    /// How a Job ends.
    sealed interface Ending {}

    /// With a result that follows from its spec.
    record Succeed() implements Ending {}

    /// With a result of at least so many characters, and the Job controller does not come to count it.
    record SucceedUncounted(int length) implements Ending {}

    /// With success, and its pod is gone before anybody sees it.
    record SucceedUnseen() implements Ending {}

    /// With success and these last words.
    record Say(@Nullable String lastWords) implements Ending {}

    record Fail(int exitCode, String reason, String lastWords) implements Ending {}

    /// Not by itself.
    record Run() implements Ending {}

    private static final String FOREGROUND = "foregroundDeletion";

    private final KubernetesClient client;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final SharedIndexInformer<Job> informer;
    private final Set<String> played = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> made = new ConcurrentHashMap<>();
    private volatile Function<Job, Ending> script;

    PlayedJobs(String namespace, Function<Job, Ending> script) {
        this(RealApiServer.client(), namespace, script);
    }

    /// @param client is closed with it
    PlayedJobs(KubernetesClient client, String namespace, Function<Job, Ending> script) {
        this.client = client;
        this.script = script;
        this.informer = client.batch().v1().jobs().inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Job job) {
                made.merge(job.getMetadata().getName(), 1, Integer::sum);
                later(job);
            }

            @Override
            public void onUpdate(Job before, Job job) {
                later(job);
            }

            @Override
            public void onDelete(Job job, boolean unknown) {}
        });
    }

    /// From now on Jobs end otherwise, those that run included.
    void script(Function<Job, Ending> other) {
        script = other;
        informer.getStore().list().forEach(job -> {
            if (script.apply(job) instanceof Run) return;
            played.remove(key(job));
            later(job);
        });
    }

    /// How often Jobs were made, by name.
    Map<String, Integer> made() {
        return Map.copyOf(made);
    }

    private void later(Job job) {
        if (!worker.isShutdown())
            worker.execute(() -> {
                try {
                    play(job);
                } catch (KubernetesClientException failure) {
                    if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw failure;
                }
            });
    }

    private static String now() {
        return Conditions.timestamp(Instant.now());
    }

    private static String key(Job job) {
        return job.getMetadata().getUid() + job.getSpec().getSuspend();
    }

    private void play(Job job) {
        if (job.getMetadata().getFinalizers().contains(FOREGROUND)) collect(job);
        if (isOver(job) || job.getMetadata().getDeletionTimestamp() != null || !played.add(key(job))) return;
        played.remove(
                job.getMetadata().getUid() + !Boolean.TRUE.equals(job.getSpec().getSuspend()));
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) pause(job);
        else
            try {
                work(job);
            } catch (KubernetesClientException failure) {
                if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) throw failure;
                tellRefusal(job, failure);
            }
    }

    private void work(Job job) {
        switch (script.apply(job)) {
            case Succeed _ -> succeed(job, PlayedTrainer.result(spec(job)));
            case SucceedUncounted(int length) -> {
                run(job);
                pod(job, "Succeeded", 0, PlayedTrainer.result(spec(job)) + " ".repeat(length));
            }
            case SucceedUnseen _ -> complete(job);
            case Say(var lastWords) -> succeed(job, lastWords);
            case Fail(int code, var reason, var lastWords) -> fail(job, code, reason, lastWords);
            case Run _ -> run(job);
        }
    }

    /// As the real one, which tells it in an event alone. It tries again by itself; here the test says when.
    private void tellRefusal(Job job, KubernetesClientException refusal) {
        status(job, fresh -> fresh.editOrNewStatus()
                .withStartTime(start(fresh))
                .withActive(0)
                .endStatus());
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(job.getMetadata().getNamespace())
                        .withName(job.getMetadata().getName() + "." + UUID.randomUUID())
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withNamespace(job.getMetadata().getNamespace())
                        .withName(job.getMetadata().getName())
                        .withUid(job.getMetadata().getUid())
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason("FailedCreate")
                        .withMessage("Error creating: " + refusal.getStatus().getMessage())
                        .withFirstTimestamp(now())
                        .withLastTimestamp(now())
                        .withCount(1)
                        .build())
                .create();
    }

    /// As the garbage collector does with a Job that is deleted in the foreground: its pods go first.
    private void collect(Job job) {
        client.pods()
                .inNamespace(job.getMetadata().getNamespace())
                .withLabel(Labels.STEP, job.getMetadata().getName())
                .withGracePeriod(0)
                .delete();
        client.resource(job).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
    }

    private static boolean isOver(Job job) {
        return new JobView(job).isComplete() || new JobView(job).failure().isPresent();
    }

    private static String spec(Job job) {
        return Objects.requireNonNull(
                job.getSpec().getTemplate().getMetadata().getAnnotations().get(Labels.SPEC));
    }

    /// As the real one: a pod that has ended stays, for news of a suspension may come after the end.
    private void pause(Job job) {
        client.pods()
                .inNamespace(job.getMetadata().getNamespace())
                .withLabel(Labels.STEP, job.getMetadata().getName())
                .withoutField("status.phase", "Succeeded")
                .withoutField("status.phase", "Failed")
                .withGracePeriod(0)
                .delete();
        status(
                job,
                fresh -> fresh.editStatus().withActive(0).withStartTime(null).endStatus());
    }

    private void run(Job job) {
        pod(job, "Running", null, null);
        status(job, fresh -> fresh.editOrNewStatus()
                .withStartTime(start(fresh))
                .withActive(1)
                .endStatus());
    }

    private void succeed(Job job, @Nullable String lastWords) {
        pod(job, "Succeeded", 0, lastWords);
        complete(job);
    }

    private void complete(Job job) {
        status(job, fresh -> fresh.editOrNewStatus()
                .withStartTime(start(fresh))
                .withCompletionTime(end(fresh))
                .withActive(0)
                .withSucceeded(1)
                .withConditions(
                        condition("SuccessCriteriaMet", "CompletionsReached"),
                        condition("Complete", "CompletionsReached"))
                .endStatus());
    }

    private void fail(Job job, int code, String reason, String lastWords) {
        pod(job, "Failed", code, lastWords);
        status(job, fresh -> fresh.editOrNewStatus()
                .withStartTime(start(fresh))
                .withActive(0)
                .withFailed(1)
                .withConditions(condition("FailureTarget", reason), condition("Failed", reason))
                .endStatus());
    }

    private static io.fabric8.kubernetes.api.model.batch.v1.JobCondition condition(String type, String reason) {
        return new JobConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .withMessage("as the test says")
                .withLastTransitionTime(now())
                .withLastProbeTime(now())
                .build();
    }

    private static String start(JobBuilder job) {
        String started = job.buildStatus() == null ? null : job.buildStatus().getStartTime();
        return started == null ? now() : started;
    }

    /// A Job that was finished already stays as it was.
    private static String end(JobBuilder job) {
        String ended = job.buildStatus() == null ? null : job.buildStatus().getCompletionTime();
        return ended == null ? now() : ended;
    }

    /// As the real one: the operator may have suspended the Job meanwhile, so the latest is edited.
    private void status(Job job, Function<JobBuilder, JobBuilder> edit) {
        Job latest = Objects.requireNonNullElse(client.resource(job).get(), job);
        if (isOver(latest)) return; // news of its suspension may come after its end
        try {
            client.resource(latest)
                    .editStatus(fresh -> edit.apply(new JobBuilder(fresh)).build());
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) throw failure;
            status(job, edit);
        }
    }

    private void pod(Job job, String phase, @Nullable Integer code, @Nullable String lastWords) {
        var template = job.getSpec().getTemplate();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(job.getMetadata().getNamespace())
                .withName(job.getMetadata().getName() + "-"
                        + job.getMetadata().getUid().substring(0, 5))
                .withLabels(template.getMetadata().getLabels())
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        if (client.resource(pod).get() == null) client.resource(pod).create();
        client.resource(pod).editStatus(fresh -> new PodBuilder(fresh)
                .editOrNewStatus()
                .withPhase(phase)
                .withStartTime(now())
                .withContainerStatuses(code == null ? List.of() : List.of(ended(code, lastWords)))
                .endStatus()
                .build());
    }

    private static io.fabric8.kubernetes.api.model.ContainerStatus ended(int code, @Nullable String lastWords) {
        return new io.fabric8.kubernetes.api.model.ContainerStatusBuilder()
                .withName(Labels.CONTAINER)
                .withImage("trainer")
                .withImageID("trainer")
                .withReady(false)
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(code == 0 ? "Completed" : "Error")
                .withMessage(lastWords)
                .endTerminated()
                .endState()
                .build();
    }

    @Override
    public void close() {
        informer.close();
        worker.close();
        client.close();
    }
}
