package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.act.StatusWriter;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.status.Conditions;
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

/// One TrainingStep: look, decide, act, write status once at most. One that has succeeded is done for good, so a start
/// does not even look at those: a lab has far more of them than of others.
@Singleton
@ControllerConfiguration(
        name = TrainingStepReconciler.NAME,
        generationAwareEventProcessing = false,
        informer = @Informer(informerListLimit = TrimmedItemStore.PART, onUpdateFilter = StepUpdateFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 60_000)
public class TrainingStepReconciler implements Reconciler<TrainingStep>, ConfigurableReconciler<TrainingStep> {
    public static final String NAME = "trainingstep";

    private final KubernetesClient client;
    private final SharedStepCache watch;
    private final Jobs jobs;
    private final Events events;
    private final WriteBudget pace;
    private final InstantSource clock;
    private final Telemetry telemetry;

    @SuppressWarnings("NullAway.Init")
    private StepObserver observer;

    @SuppressWarnings("NullAway.Init")
    private JobExecution work;

    @Inject
    public TrainingStepReconciler(
            KubernetesClient client,
            OperatorSettings settings,
            SharedStepCache watch,
            Events events,
            WriteBudget pace,
            Telemetry telemetry,
            InstantSource clock) {
        this.client = client;
        this.watch = watch;
        this.jobs = new Jobs(client, settings);
        this.events = events;
        this.pace = pace;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<TrainingStep> overrider) {
        var watched = overrider.build().getInformerConfig().getNamespaces();
        overrider.withItemStore(TrimmedItemStore.steps(watched.size())).withOnAddFilter(step -> !isDone(step));
    }

    private static boolean isDone(TrainingStep step) {
        return step.getStatus() != null && Conditions.holds(step.getStatus().conditions(), ConditionType.Complete);
    }

    @Override
    public List<EventSource<?, TrainingStep>> prepareEventSources(EventSourceContext<TrainingStep> context) {
        observer = new StepObserver(client, jobs, context);
        work = new JobExecution(
                jobs, observer.jobSource(), new MissingPodDiagnosis(jobs, pace, clock), events, telemetry);
        telemetry.watch("TrainingStep", watch::phases);
        return Stream.concat(observer.sources().stream(), Stream.of(watch.source(context)))
                .toList();
    }

    @Override
    public UpdateControl<TrainingStep> reconcile(TrainingStep step, Context<TrainingStep> context) {
        if (step.getMetadata().getDeletionTimestamp() != null) return UpdateControl.noUpdate();
        StepView seen = observer.see(step, context);
        Optional<StepDecider.Decision> decision = StepDecider.decide(seen);
        if (decision.isEmpty()) return UpdateControl.noUpdate();
        try {
            JobExecution.Done done = work.on(seen, decision.get());
            Optional<Duration> later = write(seen, done.outlook(), context);
            return Stream.concat(done.again().stream(), later.stream())
                    .min(Duration::compareTo)
                    .map(delay -> UpdateControl.<TrainingStep>noUpdate().rescheduleAfter(delay))
                    .orElseGet(UpdateControl::noUpdate);
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) throw failure;
            return UpdateControl.<TrainingStep>noUpdate().rescheduleAfter(RequeueAfter.SOON);
        }
    }

    /// @return when to look again, if it is too early to write
    private Optional<Duration> write(StepView seen, StepPhase outlook, Context<TrainingStep> context) {
        TrainingStep step = seen.step();
        TrainingStepStatus next = StepStatuses.next(seen, outlook, clock.instant());
        if (next.equals(step.getStatus())) return Optional.empty();
        Optional<Duration> wait = StatusDelay.patience(seen, outlook, clock.instant())
                .map(patience -> patience.isZero() ? pace.turn(seen.uid()) : patience)
                .filter(delay -> !delay.isZero());
        if (wait.isPresent()) return wait;
        pace.giveBack(seen.uid());
        TrainingStep fresh = new TrainingStep();
        fresh.setStatus(next);
        TrainingStep written = StatusWriter.write(step, fresh, context);
        if (outlook instanceof StepPhase.Succeeded || outlook instanceof StepPhase.Failed) watch.told(written);
        telemetry.written(step, next, seen.deviceSeconds(), clock.instant());
        StepEvents.tell(events, step, next);
        return Optional.empty();
    }
}
