package dev.isogloss.operator.experiment;

import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Event source of the steps of one kind of experiment: an event of a step goes to all its owners of that kind.
final class OwnedStepEventSource<R extends CustomResource<?, ?>> extends AbstractEventSource<TrainingStep, R> {
    private final SharedStepCache stepCache;
    private final Cache<R> experiments;
    private final String kind;
    private final String group;
    private final Duration syncTimeout;
    private final SharedStepCache.Listener listener = this::onStep;

    OwnedStepEventSource(Class<R> type, SharedStepCache stepCache, EventSourceContext<R> context) {
        super(TrainingStep.class);
        this.stepCache = stepCache;
        this.experiments = context.getPrimaryCache();
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
        owners(step, owner -> isOurs(owner) && concerns.test(owner.getUid()))
                .filter(owner -> !hasEnded(experiments.get(owner)))
                .forEach(owner -> getEventHandler().handleEvent(new Event(owner)));
    }

    private boolean isOurs(OwnerReference owner) {
        return owner.getKind().equals(kind) && owner.getApiVersion().startsWith(group);
    }

    static Stream<ResourceID> owners(TrainingStep step, Predicate<OwnerReference> concerned) {
        ObjectMeta metadata = step.getMetadata();
        return Objects.requireNonNullElse(metadata.getOwnerReferences(), List.<OwnerReference>of()).stream()
                .filter(concerned)
                .map(owner -> new ResourceID(owner.getName(), metadata.getNamespace()));
    }

    /// True of an experiment that no step concerns any more: the caches have dropped its spec. At a start before
    /// hundreds of thousands of finished steps each of them would have its experiment looked at once more.
    static boolean hasEnded(Optional<? extends CustomResource<?, ?>> experiment) {
        return experiment.isPresent() && experiment.get().getSpec() == null;
    }
}
