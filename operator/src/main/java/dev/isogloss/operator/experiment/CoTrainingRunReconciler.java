package dev.isogloss.operator.experiment;

import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.Pace;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.observe.Slim;
import dev.isogloss.operator.observe.StepWatch;
import dev.isogloss.operator.settings.OperatorSettings;
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

/// One CoTrainingRun: its plan, all rounds of it, walked.
@Singleton
@ControllerConfiguration(name = CoTrainingRunReconciler.NAME, informer = @Informer(informerListLimit = Slim.PART))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 60_000)
public class CoTrainingRunReconciler implements Reconciler<CoTrainingRun>, ConfigurableReconciler<CoTrainingRun> {
    public static final String NAME = "cotrainingrun";

    private final ExperimentPass<CoTrainingRun> pass;

    @Inject
    public CoTrainingRunReconciler(
            KubernetesClient client,
            OperatorSettings settings,
            StepWatch watch,
            Events events,
            Pace pace,
            Telemetry telemetry,
            InstantSource clock) {
        this.pass = new ExperimentPass<>(
                CoTrainingRun.class, new CoTrainingRuns(), client, settings, watch, events, pace, telemetry, clock);
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<CoTrainingRun> overrider) {
        var watched = overrider.build().getInformerConfig().getNamespaces();
        overrider.withItemStore(Slim.runs(watched.size()));
    }

    @Override
    public List<EventSource<?, CoTrainingRun>> prepareEventSources(EventSourceContext<CoTrainingRun> context) {
        return pass.sources(context);
    }

    @Override
    public UpdateControl<CoTrainingRun> reconcile(CoTrainingRun run, Context<CoTrainingRun> context) {
        return pass.over(run, context);
    }
}
