package dev.isogloss.operator.experiment;

import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.operator.views.TrimmedItemStore;
import dev.isogloss.resource.CoTrainingRun;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.time.InstantSource;
import java.util.List;

/// Reconciler of CoTrainingRuns: executes their plans, which hold all rounds.
@Singleton
@ControllerConfiguration(
        name = CoTrainingRunReconciler.NAME,
        informer = @Informer(informerListLimit = TrimmedItemStore.PART))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 60_000)
public class CoTrainingRunReconciler implements Reconciler<CoTrainingRun>, ConfigurableReconciler<CoTrainingRun> {
    public static final String NAME = "cotrainingrun";

    private final ExperimentReconciliation<CoTrainingRun> reconciliation;

    @Inject
    public CoTrainingRunReconciler(
            KubernetesClient client,
            OperatorSettings settings,
            SharedStepCache stepCache,
            Events events,
            WriteBudget writeBudget,
            Telemetry telemetry,
            InstantSource clock) {
        this.reconciliation = new ExperimentReconciliation<>(
                CoTrainingRun.class,
                new CoTrainingRuns(),
                client,
                settings,
                stepCache,
                events,
                writeBudget,
                telemetry,
                clock);
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<CoTrainingRun> overrider) {
        var watched = overrider.build().getInformerConfig().getNamespaces();
        overrider.withItemStore(TrimmedItemStore.runs(watched.size()));
    }

    @Override
    public List<EventSource<?, CoTrainingRun>> prepareEventSources(EventSourceContext<CoTrainingRun> context) {
        return reconciliation.eventSources(context);
    }

    @Override
    public UpdateControl<CoTrainingRun> reconcile(CoTrainingRun run, Context<CoTrainingRun> context) {
        return reconciliation.reconcile(run, context);
    }
}
