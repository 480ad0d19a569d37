package dev.isogloss.operator.step;

import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.operator.views.TrimmedItemStore;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.result.TerminationMessage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sees a step's Job and pods, by watching them.
final class StepObserver {
    private final KubernetesClient client;
    private final Jobs jobs;
    private final InformerEventSource<Job, TrainingStep> jobSource;
    private final InformerEventSource<Pod, TrainingStep> podSource;

    StepObserver(KubernetesClient client, Jobs jobs, EventSourceContext<TrainingStep> context) {
        this.client = client;
        this.jobs = jobs;
        int namespaces = context.getControllerConfiguration()
                .getInformerConfig()
                .getNamespaces()
                .size();
        this.jobSource = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Job.class, TrainingStep.class)
                        .withItemStore(TrimmedItemStore.jobs(namespaces))
                        .withInformerListLimit(TrimmedItemStore.PART)
                        .withLabelSelector(Labels.OURS)
                        .withSecondaryToPrimaryMapper(StepObserver::stepOf)
                        .withOnUpdateFilter((now, before) -> !StepUpdateFilter.same(now, before))
                        .build(),
                context);
        this.podSource = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Pod.class, TrainingStep.class)
                        .withItemStore(TrimmedItemStore.pods(namespaces))
                        .withInformerListLimit(TrimmedItemStore.PART)
                        .withLabelSelector(Labels.OURS)
                        .withSecondaryToPrimaryMapper(StepObserver::stepOf)
                        .withOnUpdateFilter((now, before) -> !StepUpdateFilter.same(now, before))
                        .build(),
                context);
    }

    List<EventSource<?, TrainingStep>> sources() {
        return List.of(jobSource, podSource);
    }

    InformerEventSource<Job, TrainingStep> jobSource() {
        return jobSource;
    }

    private static Set<ResourceID> stepOf(HasMetadata resource) {
        Map<String, String> labels =
                Objects.requireNonNullElse(resource.getMetadata().getLabels(), Map.of());
        @Nullable String step = labels.get(Labels.STEP);
        return step == null
                ? Set.of()
                : Set.of(new ResourceID(step, resource.getMetadata().getNamespace()));
    }

    StepView see(TrainingStep step, Context<TrainingStep> context) {
        JobView job =
                jobSource.get(ResourceID.fromResource(step)).map(JobView::new).orElse(null);
        List<PodView> pods = context.getSecondaryResources(Pod.class).stream()
                .map(PodView::new)
                .toList();
        StepView seen = new StepView(step, job, template(step, job), pods);
        return needsCloserLook(seen) ? new StepView(step, job, seen.template(), ask(seen)) : seen;
    }

    /// Only an edit of the step can make another Job, and making one up is most of a pass's work.
    private String template(TrainingStep step, @Nullable JobView job) {
        return job == null
                        || Objects.equals(job.generation(), step.getMetadata().getGeneration())
                ? ""
                : jobs.template(step);
    }

    /// The watch keeps no long result, and the news of a Job's end may come before that of its pod's: then the
    /// API server is asked, for a result that is only late must not be taken for one that is missing.
    private static boolean needsCloserLook(StepView seen) {
        JobView job = seen.job();
        if (job == null || seen.hasEnded() || !job.belongsTo(seen.uid())) return false;
        if (hasSucceeded(seen))
            return seen.podsOfJob().stream()
                    .noneMatch(pod -> pod.succeeded() && pod.lastWords() instanceof TerminationMessage.Result);
        return job.failure().isPresent()
                && seen.podsOfJob().stream()
                        .noneMatch(pod -> pod.failed() && pod.termination().isPresent());
    }

    private static boolean hasSucceeded(StepView seen) {
        return seen.job() != null && seen.job().isComplete()
                || seen.podsOfJob().stream().anyMatch(PodView::succeeded);
    }

    /// By name where the pod is known: a list by label costs the API server a look at every pod of the namespace.
    private List<PodView> ask(StepView seen) {
        String namespace = seen.step().getMetadata().getNamespace();
        List<Pod> asked = seen.podsOfJob().stream()
                .filter(hasSucceeded(seen) ? PodView::succeeded : PodView::failed)
                .map(pod -> client.pods()
                        .inNamespace(namespace)
                        .withName(pod.name())
                        .get())
                .filter(Objects::nonNull)
                .toList();
        List<Pod> all = asked.isEmpty()
                ? client.pods()
                        .inNamespace(namespace)
                        .withLabel(Labels.STEP, seen.step().getMetadata().getName())
                        .list()
                        .getItems()
                : asked;
        return all.stream().map(PodView::new).toList();
    }
}
