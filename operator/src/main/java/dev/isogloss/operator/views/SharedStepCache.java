package dev.isogloss.operator.views;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.resource.TrainingStep;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.RecentOperationCacheFiller;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one watch of TrainingSteps, which is that of their own loop. The loops of experiments and runs look at the same
/// steps, and hear from here what becomes of them: with a watch for each loop, every step would be sent, read and kept
/// three times.
public final class SharedStepCache {
    private static final String BY_OWNER = "owner";

    private final CountDownLatch filled = new CountDownLatch(1);
    private final List<Consumer<TrainingStep>> listeners = new CopyOnWriteArrayList<>();

    private final Ear ear = new Ear();

    /// Of the steps' own loop, once that is known.
    private volatile @Nullable IndexerResourceCache<TrainingStep> steps;

    /// What the loop of steps has to register, so that others hear what it hears.
    public EventSource<?, TrainingStep> source(EventSourceContext<TrainingStep> context) {
        IndexerResourceCache<TrainingStep> cache = context.getPrimaryCache();
        cache.addIndexers(Map.of(BY_OWNER, RunRequests::owners));
        steps = cache;
        return ear;
    }

    /// Waits until all steps that there are have been read.
    ///
    /// @throws OperatorException if that takes longer than the patience
    public void await(Duration patience) {
        try {
            if (filled.await(patience.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new OperatorException("the TrainingSteps were not read within %d s".formatted(patience.toSeconds()));
    }

    /// @param listener is told of news that an owner has to look at
    public void listen(Consumer<TrainingStep> listener) {
        listeners.add(listener);
    }

    public void forget(Consumer<TrainingStep> listener) {
        listeners.remove(listener);
    }

    public Optional<TrainingStep> get(String namespace, String name) {
        return steps().get(new ResourceID(name, namespace));
    }

    /// All that carry this owner, as they were last heard of or written.
    public Stream<TrainingStep> ownedBy(String uid) {
        return steps().byIndex(BY_OWNER, uid).stream()
                .flatMap(step -> steps().get(ResourceID.fromResource(step)).stream());
    }

    /// Of all steps that are known, whoever owns them; nothing of one without a status.
    public Stream<Optional<Phase>> phases() {
        return steps().list().map(step -> Optional.ofNullable(step.getStatus()).map(TrainingStepStatus::phase));
    }

    /// What the server answered to an owner's write: the next look is to see at least this, and the loop of steps
    /// has it at once, not when the watch brings it.
    ///
    /// @param before what the write was based on; null where there was nothing
    @SuppressWarnings("unchecked") // the framework's one cache that is filled by a watch
    public void written(TrainingStep step, @Nullable TrainingStep before) {
        var recent = (RecentOperationCacheFiller<TrainingStep>) steps();
        ResourceID id = ResourceID.fromResource(step);
        if (before == null) recent.handleRecentResourceCreate(id, step);
        else recent.handleRecentResourceUpdate(id, step, before);
        ear.look(id);
    }

    /// What the loop of steps has written, for its owners to have at once.
    public void told(TrainingStep step) {
        ear.tell(step);
    }

    private IndexerResourceCache<TrainingStep> steps() {
        return Objects.requireNonNull(steps, "the loop of steps was not registered");
    }

    static boolean isNews(TrainingStep now, TrainingStep before) {
        return !Objects.equals(now.getStatus(), before.getStatus())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !RunRequests.of(now).equals(RunRequests.of(before))
                || now.isMarkedForDeletion() != before.isMarkedForDeletion();
    }

    /// The framework starts it after the loop's watch has read what there is, and lets it hear everything from the
    /// beginning.
    private final class Ear extends AbstractEventSource<TrainingStep, TrainingStep>
            implements ResourceEventAware<TrainingStep> {
        Ear() {
            super(TrainingStep.class, "listeners");
        }

        @Override
        public void start() {
            super.start();
            filled.countDown();
        }

        @Override
        public Set<TrainingStep> getSecondaryResources(TrainingStep step) {
            return Set.of();
        }

        /// One without a status is news to nobody: its owner has just made it.
        @Override
        public void onResourceCreated(TrainingStep step) {
            if (step.getStatus() != null) tell(step);
        }

        @Override
        public void onResourceUpdated(TrainingStep now, TrainingStep before) {
            if (isNews(now, before)) tell(now);
        }

        @Override
        public void onResourceDeleted(TrainingStep step) {
            tell(step);
        }

        void look(ResourceID step) {
            getEventHandler().handleEvent(new Event(step));
        }

        void tell(TrainingStep step) {
            listeners.forEach(listener -> listener.accept(step));
        }
    }
}
