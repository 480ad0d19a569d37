package dev.isogloss.operator.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Watchdog over passes, in front of the framework's metrics: it remembers since when each pass runs. A pass that never
/// ends blocks one of few threads, and only a restart helps.
public final class PassWatchdog implements Metrics {
    private final Metrics next;
    private final InstantSource clock;
    private final Map<Thread, Instant> passes = new ConcurrentHashMap<>();

    public PassWatchdog(Metrics next, InstantSource clock) {
        this.next = next;
        this.clock = clock;
    }

    /// The duration of the oldest pass under way.
    public Optional<Duration> longestPass() {
        return passes.values().stream().min(Instant::compareTo).map(began -> Duration.between(began, clock.instant()));
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        passes.put(Thread.currentThread(), clock.instant());
        try {
            return next.timeControllerExecution(execution);
        } finally {
            passes.remove(Thread.currentThread());
        }
    }

    @Override
    public void controllerRegistered(Controller<? extends HasMetadata> controller) {
        next.controllerRegistered(controller);
    }

    @Override
    public void receivedEvent(Event event, Map<String, Object> metadata) {
        next.receivedEvent(event, metadata);
    }

    @Override
    public void reconcileCustomResource(HasMetadata resource, @Nullable RetryInfo retry, Map<String, Object> metadata) {
        next.reconcileCustomResource(resource, retry, metadata);
    }

    @Override
    public void failedReconciliation(HasMetadata resource, Exception failure, Map<String, Object> metadata) {
        next.failedReconciliation(resource, failure, metadata);
    }

    @Override
    public void reconciliationExecutionStarted(HasMetadata resource, Map<String, Object> metadata) {
        next.reconciliationExecutionStarted(resource, metadata);
    }

    @Override
    public void reconciliationExecutionFinished(HasMetadata resource, Map<String, Object> metadata) {
        next.reconciliationExecutionFinished(resource, metadata);
    }

    @Override
    public void cleanupDoneFor(ResourceID id, Map<String, Object> metadata) {
        next.cleanupDoneFor(id, metadata);
    }

    @Override
    public void finishedReconciliation(HasMetadata resource, Map<String, Object> metadata) {
        next.finishedReconciliation(resource, metadata);
    }

    @Override
    public <T extends Map<?, ?>> T monitorSizeOf(T map, String name) {
        return next.monitorSizeOf(map, name);
    }
}
