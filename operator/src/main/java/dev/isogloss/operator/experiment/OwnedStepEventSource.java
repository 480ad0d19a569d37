package dev.isogloss.operator.experiment;

import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Event source of the steps of one kind of experiment: an event of a step goes to all its owners of that kind.
final class OwnedStepEventSource<R extends CustomResource<?, ?>> extends AbstractEventSource<TrainingStep, R> {
    private final SharedStepCache stepCache;
    private final String kind;
    private final String group;
    private final Duration syncTimeout;
    private final SharedStepCache.Listener listener = this::onStep;

    OwnedStepEventSource(Class<R> type, SharedStepCache stepCache, EventSourceContext<R> context) {
        super(TrainingStep.class);
        this.stepCache = stepCache;
        this.kind = HasMetadata.getKind(type);
        this.group = HasMetadata.getGroup(type) + "/";
        this.syncTimeout =
                context.getControllerConfiguration().getConfigurationService().cacheSyncTimeout();
    }

    @Override
    public void start() {
        stepCache.await(syncTimeout);
        super.start();
        stepCache.addListener(listener);
    }

    @Override
    public void stop() {
        stepCache.removeListener(listener);
        super.stop();
    }

    @Override
    public Set<TrainingStep> getSecondaryResources(R experiment) {
        return stepCache.ownedBy(experiment.getMetadata().getUid()).collect(Collectors.toSet());
    }

    private void onStep(TrainingStep step, Predicate<String> concerns) {
        String namespace = step.getMetadata().getNamespace();
        for (OwnerReference owner :
                Objects.requireNonNullElse(step.getMetadata().getOwnerReferences(), List.<OwnerReference>of()))
            if (owner.getKind().equals(kind)
                    && owner.getApiVersion().startsWith(group)
                    && concerns.test(owner.getUid()))
                getEventHandler().handleEvent(new Event(new ResourceID(owner.getName(), namespace)));
    }
}
