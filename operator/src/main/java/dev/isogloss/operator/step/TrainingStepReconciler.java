package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.act.NamespaceAccess;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.act.StatusWriter;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.views.EndedStep;
import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.operator.views.TrimmedItemStore;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurableReconciler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reconciler of TrainingSteps: observe, decide, act, write status once at most. A step that has succeeded is final,
/// so a start of the operator skips those: a cluster has far more of them than of others.
@Singleton
@ControllerConfiguration(
        name = TrainingStepReconciler.NAME,
        generationAwareEventProcessing = false,
        informer = @Informer(informerListLimit = TrimmedItemStore.PART, onUpdateFilter = StepUpdateFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 60_000)
public class TrainingStepReconciler implements Reconciler<TrainingStep>, ConfigurableReconciler<TrainingStep> {
    public static final String NAME = "trainingstep";

    private final KubernetesClient client;
    private final NamespaceAccess access;
    private final SharedStepCache stepCache;
    private final Jobs jobs;
    private final Events events;
    private final WriteBudget writeBudget;
    private final InstantSource clock;
    private final Telemetry telemetry;

    @SuppressWarnings("NullAway.Init")
    private StepObserver observer;

    @SuppressWarnings("NullAway.Init")
    private JobExecution execution;

    @Inject
    public TrainingStepReconciler(
            KubernetesClient client,
            OperatorSettings settings,
            NamespaceAccess access,
            SharedStepCache stepCache,
            Events events,
            WriteBudget writeBudget,
            Telemetry telemetry,
            InstantSource clock) {
        this.client = client;
        this.access = access;
        this.stepCache = stepCache;
        this.jobs = new Jobs(client, settings);
        this.events = events;
        this.writeBudget = writeBudget;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<TrainingStep> overrider) {
        var watched = overrider.build().getInformerConfig().getNamespaces();
        overrider.withOnAddFilter(step -> !isDone(step)).settingNamespaces(access.admit(watched));
    }

    private static boolean isDone(TrainingStep step) {
        return step instanceof EndedStep
                || step.getStatus() != null && Conditions.holds(step.getStatus().conditions(), ConditionType.Complete);
    }

    @Override
    public List<EventSource<?, TrainingStep>> prepareEventSources(EventSourceContext<TrainingStep> context) {
        observer = new StepObserver(client, jobs, context);
        execution = new JobExecution(
                jobs,
                observer.jobSource(),
                stepCache,
                new StartDiagnosis(jobs::refusal, jobs::warnings, writeBudget, clock),
                events,
                telemetry);
        telemetry.countByPhase("TrainingStep", stepCache::phases);
        telemetry.countCached(
                "TrainingStep", () -> context.getPrimaryCache().keys().count());
        observer.countCached(telemetry);
        return Stream.concat(observer.sources().stream(), Stream.of(stepCache.source(context)))
                .toList();
    }

    @Override
    public UpdateControl<TrainingStep> reconcile(TrainingStep step, Context<TrainingStep> context) {
        if (step.getMetadata().getDeletionTimestamp() != null) return UpdateControl.noUpdate();
        StepView view = observer.observe(step, context);
        Optional<StepDecider.Decision> decision = StepDecider.decide(view);
        if (decision.isEmpty()) return UpdateControl.noUpdate();
        try {
            JobExecution.Outcome outcome = execution.execute(view, decision.get());
            Optional<Duration> later = write(view, outcome.phase(), context);
            return Stream.concat(outcome.requeueAfter().stream(), later.stream())
                    .min(Duration::compareTo)
                    .map(delay -> UpdateControl.<TrainingStep>noUpdate().rescheduleAfter(delay))
                    .orElseGet(UpdateControl::noUpdate);
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) throw failure;
            return UpdateControl.<TrainingStep>noUpdate().rescheduleAfter(RequeueAfter.CONFLICT);
        }
    }

    /// @return when to reconcile again, if it is too early to write
    private Optional<Duration> write(StepView view, StepPhase phase, Context<TrainingStep> context) {
        TrainingStep step = view.step();
        TrainingStepStatus next = StepStatuses.next(view, phase, clock.instant());
        if (next.equals(step.getStatus())) return Optional.empty();
        Optional<Duration> wait = StatusDelay.minimum(view, phase, clock.instant())
                .map(minimum -> minimum.isZero() ? writeBudget.acquire(view.uid()) : minimum)
                .filter(delay -> !delay.isZero());
        if (wait.isPresent()) return wait;
        writeBudget.release(view.uid());
        TrainingStep fresh = new TrainingStep();
        fresh.setStatus(next);
        TrainingStep written = StatusWriter.write(step, fresh, context);
        if (phase instanceof StepPhase.Succeeded || phase instanceof StepPhase.Failed)
            stepCache.notifyListeners(written);
        telemetry.statusWritten(step, next, view.deviceSeconds(), clock.instant());
        StepEvents.publish(events, step, next);
        return Optional.empty();
    }
}
