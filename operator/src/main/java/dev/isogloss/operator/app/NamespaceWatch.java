package dev.isogloss.operator.app;

import dev.isogloss.operator.act.NamespaceAccess;
import dev.isogloss.resource.TrainingStep;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.processing.Controller;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watch over the namespaces that are watched: takes in one whose rights are there (again), and gives up one whose
/// rights are gone, which would otherwise make this replica unready for as long as it runs.
@Singleton
public class NamespaceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceWatch.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Operator operator;
    private final NamespaceAccess access;
    private final Set<String> watched = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("namespaces").factory());

    @Inject
    public NamespaceWatch(Operator operator, NamespaceAccess access) {
        this.operator = operator;
        this.access = access;
    }

    void afterStart(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 1) StartupEvent started) {
        if (!access.isSelective()) return;
        long seconds = INTERVAL.toSeconds();
        timer.scheduleWithFixedDelay(this::lookAgainIfItFails, seconds, seconds, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /// What a timer's task throws would end its repetition.
    private void lookAgainIfItFails() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.warn("the watched namespaces could not be changed, which is tried again", failure);
        }
    }

    /// Compares what is watched with what can be.
    public synchronized void look() {
        if (watched.isEmpty()) watched.addAll(access.admitted());
        Set<String> readable = access.readable();
        if (readable.isEmpty() || readable.equals(watched)) return;
        LOG.info("namespaces that are watched from now on: {}", readable);
        for (Controller<?> controller : controllers()) change(controller, readable);
        watched.clear();
        watched.addAll(readable);
    }

    /// Steps first: experiments are reconciled by what is known of their steps.
    private List<Controller<?>> controllers() {
        return operator.getRegisteredControllers().stream()
                .<Controller<?>>map(controller -> (Controller<?>) controller)
                .sorted(Comparator.comparing(
                        controller -> controller.getConfiguration().getResourceClass() != TrainingStep.class))
                .toList();
    }

    /// The watches alone. What the framework offers for a whole controller stops it meanwhile and forgets the passes
    /// that are under way: their resources would never be reconciled again.
    private static void change(Controller<?> controller, Set<String> namespaces) {
        try {
            controller.getEventSourceManager().changeNamespaces(namespaces);
        } catch (OperatorException failure) {
            throw new IllegalStateException("not all of " + namespaces + " can be watched", failure);
        }
    }
}
