package dev.isogloss.operator.app;

import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.NamespaceAccess;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.client.LightSerialization;
import dev.isogloss.operator.client.NativeTls;
import dev.isogloss.operator.metrics.ApiMetrics;
import dev.isogloss.operator.metrics.Leadership;
import dev.isogloss.operator.metrics.PassWatchdog;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.operator.views.TrimmedReading;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// CDI beans: what reconcilers and framework are constructed with.
@Singleton
public class Beans {
    private static final Logger LOG = LoggerFactory.getLogger(Beans.class);
    private static final int LOST_LEASE = 1;
    private static final int ENDED_WATCH = 1;

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    KubernetesClient client(Config config, MeterRegistry registry, Vertx vertx, OperatorSettings settings) {
        OperatorSettings.Client shortcuts = settings.client();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(
                        shortcuts.lightSerialization()
                                ? new LightSerialization(new TrimmedReading())
                                : new KubernetesSerialization())
                .withHttpClientFactory(new NativeTls(vertx, shortcuts.nativeTls()))
                .withHttpClientBuilderConsumer(builder ->
                        builder.addOrReplaceInterceptor("isogloss", new ApiMetrics(registry, System::nanoTime)))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }

    @Produces
    @Singleton
    WriteBudget writeBudget(InstantSource clock, OperatorSettings settings) {
        return new WriteBudget(settings.reports().perSecond(), clock);
    }

    @Produces
    @Singleton
    Events events(KubernetesClient client, InstantSource clock, WriteBudget writeBudget, OperatorSettings settings) {
        return new Events(client, clock, writeBudget, settings.reports().events());
    }

    @Produces
    @Singleton
    NamespaceAccess namespaceAccess(KubernetesClient client) {
        return new NamespaceAccess(client);
    }

    /// A list that fails at the start (the API server's own cache is behind, say) ends the start, and with it
    /// the process, which Kubernetes starts again. A watch begins again by itself where the API server or a
    /// definition is away. One that ends for good (it has met what cannot be read) ends the process too, which
    /// would see nothing of that kind as long as it runs.
    @Produces
    @Singleton
    @Unremovable // only the framework asks for it, while it starts
    InformerStoppedHandler stoppedInformers(SharedStepCache steps) {
        return (informer, failure) -> {
            if (failure == null) return;
            if (informer.hasSynced()) {
                LOG.error(
                        "the watch of {}s has ended", informer.getApiTypeClass().getSimpleName(), failure);
                Quarkus.asyncExit(ENDED_WATCH);
            } else if (informer.getApiTypeClass() == TrainingStep.class) steps.endUnread(failure);
        };
    }

    @Produces
    @Singleton
    SharedStepCache stepCache(KubernetesClient client) {
        return new SharedStepCache((namespace, name) -> client.resources(TrainingStep.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    @Produces
    @Singleton
    Telemetry telemetry(MeterRegistry registry) {
        return new Telemetry(registry);
    }

    @Produces
    @Singleton
    @Startup
    Leadership leadership(MeterRegistry registry, OperatorSettings settings) {
        return new Leadership(registry, !settings.leaderElection().enabled());
    }

    /// The framework looks for the one bean that is its `Metrics`; nothing injects it, so it must be kept.
    @Produces
    @Singleton
    @Unremovable
    PassWatchdog watchdog(MeterRegistry registry, InstantSource clock) {
        return new PassWatchdog(MicrometerMetrics.withoutPerResourceMetrics(registry), clock);
    }

    /// Null where there is one replica: the framework then does without an election.
    ///
    /// A process that has lost the lease ends, and its container starts again as a candidate. The framework would
    /// call `System.exit` for that, which never returns while the process is ending anyway, and a leader that is
    /// told to stop loses the lease.
    @Produces
    @Dependent
    @Unremovable
    @Nullable
    LeaderElectionConfiguration leaderElection(OperatorSettings settings, Leadership leadership) {
        OperatorSettings.LeaderElection election = settings.leaderElection();
        if (!election.enabled()) return null;
        LeaderElectionConfigurationBuilder builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        election.lease())
                .withLeaseDuration(election.leaseDuration())
                .withRenewDeadline(election.renewDeadline())
                .withRetryPeriod(election.retryPeriod())
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(
                        leadership::begin,
                        () -> {
                            leadership.end();
                            Quarkus.asyncExit(LOST_LEASE);
                        },
                        _ -> {}));
        election.namespace().ifPresent(builder::withLeaseNamespace);
        return builder.build();
    }
}
