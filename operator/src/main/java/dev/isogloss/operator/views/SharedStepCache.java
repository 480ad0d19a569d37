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
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Cache of TrainingSteps that all controllers share, filled by the one watch of the steps' own controller. The
/// controllers of experiments and runs read the same steps and are notified from here: with a watch for each
/// controller, every step would be sent, read and kept three times.
public final class SharedStepCache {
    private static final String BY_OWNER = "owner";

    private final BiFunction<String, String, @Nullable TrainingStep> fetch;
    private final CountDownLatch filled = new CountDownLatch(1);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private final ListenersEventSource source = new ListenersEventSource();

    private volatile @Nullable Throwable unreadable;

    /// Of the steps' own controller, once that is registered.
    private volatile @Nullable IndexerResourceCache<TrainingStep> steps;

    /// @param fetch asks the API server for a step, by namespace and name
    public SharedStepCache(BiFunction<String, String, @Nullable TrainingStep> fetch) {
        this.fetch = fetch;
    }

    /// Event source that the controller of steps registers, so that the listeners are notified of its events.
    public EventSource<?, TrainingStep> source(EventSourceContext<TrainingStep> context) {
        IndexerResourceCache<TrainingStep> cache = context.getPrimaryCache();
        cache.addIndexers(Map.of(BY_OWNER, RunRequests::owners));
        steps = cache;
        return source;
    }

    /// The watch of steps has ended before it had read them. Whoever waits for them is told at once: the framework
    /// tells nobody before all have waited in vain.
    public void endUnread(Throwable failure) {
        unreadable = failure;
        filled.countDown();
    }

    /// Waits until all steps that there are have been read.
    ///
    /// @throws OperatorException if that takes longer than the timeout, or fails
    public void await(Duration timeout) {
        try {
            if (filled.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                Throwable failure = unreadable;
                if (failure != null) throw new OperatorException("the TrainingSteps cannot be read", failure);
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new OperatorException("the TrainingSteps were not read within %d s".formatted(timeout.toSeconds()));
    }

    /// Listener of the changes of steps that their owners have to know.
    public interface Listener {
        /// @param concerns whether the owner with this uid has to be reconciled
        void changed(TrainingStep step, Predicate<String> concerns);
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    public Optional<TrainingStep> get(String namespace, String name) {
        return steps().get(new ResourceID(name, namespace))
                .map(EndedStep::whole)
                .map(step -> EndedStep.withSketch(step, () -> fetch.apply(namespace, name)));
    }

    /// All steps of this owner, as the watch or a write last gave them, without label sketches.
    public Stream<TrainingStep> ownedBy(String uid) {
        return steps().byIndex(BY_OWNER, uid).stream()
                .flatMap(step -> steps().get(ResourceID.fromResource(step)).stream())
                .map(EndedStep::whole);
    }

    /// Of all steps in the cache; empty for a step without a status.
    public Stream<Optional<Phase>> phases() {
        return steps().list()
                .map(step -> step instanceof EndedStep
                        ? Optional.of(Phase.Succeeded)
                        : Optional.ofNullable(step.getStatus()).map(TrainingStepStatus::phase));
    }

    /// Puts in what the API server answered to an owner's write: the next pass sees at least this, and the step is
    /// reconciled at once, not when the watch brings it.
    ///
    /// @param before what the write was based on; null where the step is new
    @SuppressWarnings("unchecked") // the framework's only cache that a watch fills
    public void put(TrainingStep step, @Nullable TrainingStep before) {
        var recent = (RecentOperationCacheFiller<TrainingStep>) steps();
        ResourceID id = ResourceID.fromResource(step);
        if (before == null) recent.handleRecentResourceCreate(id, step);
        else recent.handleRecentResourceUpdate(id, step, before);
        source.reconcile(id);
    }

    /// Passes on what the controller of steps has written, so that its owners need not wait for the watch.
    public void notifyListeners(TrainingStep step) {
        source.notifyListeners(step);
    }

    private IndexerResourceCache<TrainingStep> steps() {
        return Objects.requireNonNull(steps, "the controller of steps was not registered");
    }

    /// The owners that a change concerns; empty where it concerns none. Of thousands that share a step, only the
    /// one that joins or leaves has to know of it, and those that do not request the step: what others request
    /// decides what they wait for.
    static Optional<Predicate<String>> concerned(TrainingStep now, TrainingStep before) {
        if (!Objects.equals(now.getStatus(), before.getStatus())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()) return Optional.of(_ -> true);
        RunRequests requests = RunRequests.of(now);
        RunRequests former = RunRequests.of(before);
        if (requests.equals(former)) return Optional.empty();
        return Optional.of(uid -> !requests.isRequestedBy(uid) || !former.isRequestedBy(uid));
    }

    /// The framework starts it after the controller's watch has read all steps, and hands it every event from the
    /// start.
    private final class ListenersEventSource extends AbstractEventSource<TrainingStep, TrainingStep>
            implements ResourceEventAware<TrainingStep> {
        ListenersEventSource() {
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

        /// A step without a status was just created by its owner, which knows it.
        @Override
        public void onResourceCreated(TrainingStep step) {
            if (step.getStatus() != null) notifyListeners(step);
        }

        @Override
        public void onResourceUpdated(TrainingStep now, TrainingStep before) {
            concerned(now, before).ifPresent(owners -> notifyListeners(now, owners));
        }

        @Override
        public void onResourceDeleted(TrainingStep step) {
            notifyListeners(step);
        }

        void reconcile(ResourceID step) {
            getEventHandler().handleEvent(new Event(step));
        }

        void notifyListeners(TrainingStep step) {
            notifyListeners(step, _ -> true);
        }

        private void notifyListeners(TrainingStep step, Predicate<String> owners) {
            listeners.forEach(listener -> listener.changed(step, owners));
        }
    }
}
