package dev.isogloss.operator.experiment;

import dev.isogloss.operator.act.NamespaceAccess;
import dev.isogloss.operator.views.TrimmedItemStore;
import dev.isogloss.resource.TransferExperiment;
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

/// Reconciler of TransferExperiments: executes their plans.
@Singleton
@ControllerConfiguration(
        name = TransferExperimentReconciler.NAME,
        informer = @Informer(informerListLimit = TrimmedItemStore.PART))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 60_000)
public class TransferExperimentReconciler
        implements Reconciler<TransferExperiment>, ConfigurableReconciler<TransferExperiment> {
    public static final String NAME = "transferexperiment";

    private final NamespaceAccess access;
    private final ExperimentReconciliation<TransferExperiment> reconciliation;

    @Inject
    public TransferExperimentReconciler(ExperimentServices services) {
        this.access = services.access;
        this.reconciliation =
                new ExperimentReconciliation<>(TransferExperiment.class, new TransferExperiments(), services);
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<TransferExperiment> overrider) {
        var watched = overrider.build().getInformerConfig().getNamespaces();
        overrider.settingNamespaces(access.admit(watched));
    }

    @Override
    public List<EventSource<?, TransferExperiment>> prepareEventSources(
            EventSourceContext<TransferExperiment> context) {
        return reconciliation.eventSources(context);
    }

    @Override
    public UpdateControl<TransferExperiment> reconcile(
            TransferExperiment experiment, Context<TransferExperiment> context) {
        return reconciliation.reconcile(experiment, context);
    }
}
