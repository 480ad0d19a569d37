package dev.isogloss.operator.experiment;

import dev.isogloss.operator.act.NamespaceAccess;
import dev.isogloss.operator.views.TrimmedItemStore;
import dev.isogloss.resource.TransferBenchmark;
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

/// Reconciler of TransferBenchmarks: executes their plans, which hold the steps of all systems.
@Singleton
@ControllerConfiguration(
        name = TransferBenchmarkReconciler.NAME,
        informer = @Informer(informerListLimit = TrimmedItemStore.PART))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 60_000)
public class TransferBenchmarkReconciler
        implements Reconciler<TransferBenchmark>, ConfigurableReconciler<TransferBenchmark> {
    public static final String NAME = "transferbenchmark";

    private final NamespaceAccess access;
    private final ExperimentReconciliation<TransferBenchmark> reconciliation;

    @Inject
    public TransferBenchmarkReconciler(ExperimentServices services) {
        this.access = services.access;
        this.reconciliation =
                new ExperimentReconciliation<>(TransferBenchmark.class, new TransferBenchmarks(), services);
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<TransferBenchmark> overrider) {
        var watched = overrider.build().getInformerConfig().getNamespaces();
        overrider.settingNamespaces(access.admit(watched));
    }

    @Override
    public List<EventSource<?, TransferBenchmark>> prepareEventSources(EventSourceContext<TransferBenchmark> context) {
        return reconciliation.eventSources(context);
    }

    @Override
    public UpdateControl<TransferBenchmark> reconcile(TransferBenchmark benchmark, Context<TransferBenchmark> context) {
        return reconciliation.reconcile(benchmark, context);
    }
}
