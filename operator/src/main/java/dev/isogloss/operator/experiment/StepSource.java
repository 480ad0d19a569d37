package dev.isogloss.operator.experiment;

import dev.isogloss.api.Phase;
import dev.isogloss.api.TrainingStepStatus;
import dev.isogloss.operator.observe.Slim;
import dev.isogloss.operator.observe.Wishes;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Watches TrainingSteps for one kind of experiment; news of a step go to all its owners of that kind.
final class StepSource<R extends CustomResource<?, ?>> implements StepCache {
    private final InformerEventSource<TrainingStep, R> source;

    StepSource(Class<R> type, EventSourceContext<R> context) {
        int namespaces = context.getControllerConfiguration()
                .getInformerConfig()
                .getNamespaces()
                .size();
        this.source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(TrainingStep.class, type)
                        .withItemStore(Slim.steps(namespaces))
                        .withInformerListLimit(Slim.PART)
                        .withOnUpdateFilter(StepSource::isNews)
                        .build(),
                context);
    }

    List<EventSource<?, R>> sources() {
        return List.of(source);
    }

    private static boolean isNews(TrainingStep now, TrainingStep before) {
        return !Objects.equals(now.getStatus(), before.getStatus())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Wishes.of(now).equals(Wishes.of(before))
                || Scene.isLeaving(now) != Scene.isLeaving(before);
    }

    /// Of all steps that are known, whoever owns them; nothing of one without a status.
    Stream<Optional<Phase>> phases() {
        return source.list().map(step -> Optional.ofNullable(step.getStatus()).map(TrainingStepStatus::phase));
    }

    @Override
    public Optional<TrainingStep> get(String namespace, String name) {
        return source.get(new ResourceID(name, namespace));
    }

    @Override
    public void written(TrainingStep step, @Nullable TrainingStep before) {
        ResourceID id = ResourceID.fromResource(step);
        if (before == null) source.handleRecentResourceCreate(id, step);
        else source.handleRecentResourceUpdate(id, step, before);
    }
}
