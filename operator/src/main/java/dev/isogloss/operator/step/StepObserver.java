package dev.isogloss.operator.step;

import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.metrics.Telemetry;
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
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
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
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Event sources of Jobs and pods, and the view of a step that their caches give.
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
        this.jobSource = source(Job.class, TrimmedItemStore.jobs(namespaces), StepUpdateFilter::isUnchanged, context);
        this.podSource = source(Pod.class, TrimmedItemStore.pods(namespaces), StepUpdateFilter::isUnchanged, context);
    }

    private static <R extends HasMetadata> InformerEventSource<R, TrainingStep> source(
            Class<R> type,
            @Nullable ItemStore<R> store,
            BiPredicate<R, R> unchanged,
            EventSourceContext<TrainingStep> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, TrainingStep.class)
                        .withItemStore(store)
                        .withInformerListLimit(TrimmedItemStore.PART)
                        .withLabelSelector(Labels.OURS)
                        .withSecondaryToPrimaryMapper(StepObserver::stepOf)
                        .withOnUpdateFilter((now, before) -> !unchanged.test(now, before))
                        .build(),
                context);
    }

    List<EventSource<?, TrainingStep>> sources() {
        return List.of(jobSource, podSource);
    }

    void countCached(Telemetry telemetry) {
        telemetry.countCached("Job", () -> jobSource.keys().count());
        telemetry.countCached("Pod", () -> podSource.keys().count());
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

    StepView observe(TrainingStep step, Context<TrainingStep> context) {
        JobView job =
                jobSource.get(ResourceID.fromResource(step)).map(JobView::new).orElse(null);
        List<PodView> pods = context.getSecondaryResources(Pod.class).stream()
                .map(PodView::new)
                .toList();
        StepView view = new StepView(step, job, template(step, job), pods);
        return needsPods(view) ? new StepView(step, job, view.template(), fetchPods(view)) : view;
    }

    /// Only an edit of the step can change the template, and computing the template is most of a pass's work.
    private String template(TrainingStep step, @Nullable JobView job) {
        return job == null
                        || Objects.equals(job.generation(), step.getMetadata().getGeneration())
                ? ""
                : jobs.template(step);
    }

    /// True if the API server has to be asked for the pods: the watch keeps no long result, and the event of a Job's
    /// end may come before that of its pod's. A result that is only late must not be taken for one that is missing.
    private static boolean needsPods(StepView view) {
        JobView job = view.job();
        if (job == null || view.hasEnded() || !job.belongsTo(view.uid())) return false;
        if (hasSucceeded(view))
            return view.podsOfJob().stream()
                    .noneMatch(pod -> pod.succeeded() && pod.lastWords() instanceof TerminationMessage.Result);
        return job.failure().isPresent()
                && view.podsOfJob().stream()
                        .noneMatch(pod -> pod.failed() && pod.termination().isPresent());
    }

    private static boolean hasSucceeded(StepView view) {
        return view.job() != null && view.job().isComplete()
                || view.podsOfJob().stream().anyMatch(PodView::succeeded);
    }

    /// By name where the pod is known: for a list by label the API server reads every pod of the namespace.
    private List<PodView> fetchPods(StepView view) {
        String namespace = view.step().getMetadata().getNamespace();
        List<Pod> known = view.podsOfJob().stream()
                .filter(hasSucceeded(view) ? PodView::succeeded : PodView::failed)
                .map(pod -> client.pods()
                        .inNamespace(namespace)
                        .withName(pod.name())
                        .get())
                .filter(Objects::nonNull)
                .toList();
        List<Pod> all = known.isEmpty()
                ? client.pods()
                        .inNamespace(namespace)
                        .withLabel(Labels.STEP, view.step().getMetadata().getName())
                        .list()
                        .getItems()
                : known;
        return all.stream().map(PodView::new).toList();
    }
}
