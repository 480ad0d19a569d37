package dev.isogloss.operator.experiment;

import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.NamespaceAccess;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.views.SharedStepCache;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// Services that the reconciliation of every kind of experiment uses.
@Singleton
public final class ExperimentServices {
    final KubernetesClient client;
    final OperatorSettings settings;
    final NamespaceAccess access;
    final SharedStepCache stepCache;
    final Events events;
    final WriteBudget writeBudget;
    final Telemetry telemetry;
    final InstantSource clock;

    @Inject
    public ExperimentServices(
            KubernetesClient client,
            OperatorSettings settings,
            NamespaceAccess access,
            SharedStepCache stepCache,
            Events events,
            WriteBudget writeBudget,
            Telemetry telemetry,
            InstantSource clock) {
        this.client = client;
        this.settings = settings;
        this.access = access;
        this.stepCache = stepCache;
        this.events = events;
        this.writeBudget = writeBudget;
        this.telemetry = telemetry;
        this.clock = clock;
    }
}
