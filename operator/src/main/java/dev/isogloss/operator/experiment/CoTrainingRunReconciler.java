package dev.isogloss.operator.experiment;

import dev.isogloss.operator.act.NamespaceAccess;
import dev.isogloss.operator.views.TrimmedItemStore;
import dev.isogloss.resource.CoTrainingRun;
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
import java.util.List;

/// Reconciler of CoTrainingRuns: executes their plans, which hold all rounds.
@Singleton
@ControllerConfiguration(
        name = CoTrainingRunReconciler.NAME,
        informer = @Informer(informerListLimit = TrimmedItemStore.PART))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 60_000)
public class CoTrainingRunReconciler implements Reconciler<CoTrainingRun>, ConfigurableReconciler<CoTrainingRun> {
    public static final String NAME = "cotrainingrun";

    private final NamespaceAccess access;
    private final ExperimentReconciliation<CoTrainingRun> reconciliation;

    @Inject
    public CoTrainingRunReconciler(ExperimentServices services) {
        this.access = services.access;
        this.reconciliation = new ExperimentReconciliation<>(CoTrainingRun.class, new CoTrainingRuns(), services);
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<CoTrainingRun> overrider) {
        var watched = overrider.build().getInformerConfig().getNamespaces();
        overrider.settingNamespaces(access.admit(watched));
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
