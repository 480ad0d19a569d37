package dev.isogloss.operator.cluster;

import dev.isogloss.operator.Made;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.Pace;
import dev.isogloss.operator.experiment.CoTrainingRunReconciler;
import dev.isogloss.operator.experiment.TransferExperimentReconciler;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.step.TrainingStepReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/// All reconcilers at work in this JVM, for one namespace, through a client of the test's choice.
final class RunningOperator implements AutoCloseable {
    private final Operator operator;
    private final KubernetesClient client;

    RunningOperator(KubernetesClient client, String namespace, String... settings) {
        this.client = client;
        InstantSource clock = InstantSource.system();
        OperatorSettings given = Made.settings(settings);
        Pace pace = new Pace(given.reports().perSecond(), clock);
        Events events = new Events(client, clock, pace, given.reports().events());
        Telemetry telemetry = new Telemetry(new SimpleMeterRegistry());
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(10));
        operator.register(
                new TransferExperimentReconciler(client, given, events, pace, telemetry, clock),
                overrider -> overrider.settingNamespace(namespace));
        operator.register(
                new CoTrainingRunReconciler(client, given, events, pace, telemetry, clock),
                overrider -> overrider.settingNamespace(namespace));
        operator.register(
                new TrainingStepReconciler(client, given, events, pace, telemetry, clock),
                overrider -> overrider.settingNamespace(namespace));
        operator.start();
    }

    /// As a pod that is killed: nothing is finished that was begun.
    @Override
    public void close() {
        operator.stop();
        client.close();
    }
}
