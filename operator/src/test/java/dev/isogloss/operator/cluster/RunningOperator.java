package dev.isogloss.operator.cluster;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.NamespaceAccess;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.app.NamespaceWatch;
import dev.isogloss.operator.client.LightSerialization;
import dev.isogloss.operator.experiment.CoTrainingRunReconciler;
import dev.isogloss.operator.experiment.ExperimentServices;
import dev.isogloss.operator.experiment.TransferBenchmarkReconciler;
import dev.isogloss.operator.experiment.TransferExperimentReconciler;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.step.TrainingStepReconciler;
import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.operator.views.TrimmedReading;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurableReconciler;
import java.time.InstantSource;
import java.util.Set;

/// All reconcilers, running in this JVM for one namespace, with a client of the test's choice.
final class RunningOperator implements AutoCloseable {
    private final Operator operator;
    private final KubernetesClient client;
    private final NamespaceAccess access;

    RunningOperator(KubernetesClient client, String namespace, String... settings) {
        this(client, Set.of(namespace), settings);
    }

    RunningOperator(KubernetesClient given, Set<String> namespaces, String... settings) {
        this(namespaces, readingAsPackaged(given), settings);
    }

    /// The client itself where it reads for the caches already.
    private static KubernetesClient readingAsPackaged(KubernetesClient client) {
        if (client.getKubernetesSerialization() instanceof LightSerialization) return client;
        KubernetesClient other = new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .withKubernetesSerialization(serialization())
                .build();
        client.close();
        return other;
    }

    static LightSerialization serialization() {
        return new LightSerialization(new TrimmedReading());
    }

    private RunningOperator(Set<String> namespaces, KubernetesClient client, String... settings) {
        this.client = client;
        access = new NamespaceAccess(client);
        InstantSource clock = InstantSource.system();
        OperatorSettings given = StepFixtures.settings(settings);
        WriteBudget writeBudget = new WriteBudget(given.reports().perSecond(), clock);
        Events events = new Events(client, clock, writeBudget, given.reports().events());
        SharedStepCache stepCache = new SharedStepCache((inNamespace, name) -> this.client
                .resources(TrainingStep.class)
                .inNamespace(inNamespace)
                .withName(name)
                .get());
        Telemetry telemetry = new Telemetry(new SimpleMeterRegistry());
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(10));
        ExperimentServices services =
                new ExperimentServices(client, given, access, stepCache, events, writeBudget, telemetry, clock);
        register(new TransferExperimentReconciler(services), namespaces);
        register(new CoTrainingRunReconciler(services), namespaces);
        register(new TransferBenchmarkReconciler(services), namespaces);
        register(
                new TrainingStepReconciler(client, given, access, stepCache, events, writeBudget, telemetry, clock),
                namespaces);
        operator.start();
    }

    /// As Quarkus does it: with what the reconciler has to say of its own watch.
    private <R extends HasMetadata> void register(ConfigurableReconciler<R> reconciler, Set<String> namespaces) {
        operator.register(
                reconciler, overrider -> reconciler.updateConfigurationFrom(overrider.settingNamespaces(namespaces)));
    }

    /// As the packaged operator does every minute.
    void lookAtNamespaces() {
        new NamespaceWatch(operator, access).look();
    }

    /// As a pod that is killed: nothing is finished that was begun.
    @Override
    public void close() {
        operator.stop();
        client.close();
    }
}
