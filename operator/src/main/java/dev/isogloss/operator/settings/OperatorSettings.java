package dev.isogloss.operator.settings;

import dev.isogloss.api.cluster.PodOverrides;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings of this installation that are not in an experiment: read once at start, from environment variables
/// (`isogloss.trainer.image` is `ISOGLOSS_TRAINER_IMAGE`) or an application.properties.
@ConfigMapping(prefix = "isogloss")
public interface OperatorSettings {

    Trainer trainer();

    Store store();

    LeaderElection leaderElection();

    Reports reports();

    Client client();

    /// The pods that do the work, where an experiment's `runtime` does not say otherwise.
    interface Trainer {

        /// The trainer's image.
        @WithDefault("ghcr.io/isogloss/trainer:0.1.0")
        String image();

        /// Always, IfNotPresent or Never; Kubernetes' own choice without it.
        Optional<String> imagePullPolicy();

        /// Names of Secrets in the experiment's namespace, separated by commas.
        Optional<List<String>> imagePullSecrets();

        /// Requests of a training pod: `cpu=1,memory=2Gi`.
        @WithDefault("cpu=1,memory=2Gi")
        String requests();

        /// Limits of a training pod: `memory=8Gi,nvidia.com/gpu=1`.
        @WithDefault("memory=8Gi")
        String limits();

        /// Requests of a pod whose step uses no device.
        @WithDefault("cpu=250m,memory=512Mi")
        String cpuRequests();

        /// Limits of a pod whose step uses no device.
        @WithDefault("memory=2Gi")
        String cpuLimits();

        /// What an experiment may write in `runtime.pod`, as JSON, for all experiments: its own goes before it.
        Optional<@WithConverter(PodOverridesConverter.class) PodOverrides> pod();

        /// ServiceAccount of the pods, in the experiment's namespace; its token is not mounted.
        Optional<String> serviceAccount();

        /// User and group of the process, and the group that volumes are made writable for; 0 leaves them to the
        /// platform, which gives each namespace its own (OpenShift).
        @WithDefault("10001")
        long user();

        /// Time for a pod to write its checkpoint when it must stop.
        @WithDefault("PT2M")
        Duration grace();

        /// Port at which the pod serves Prometheus metrics of its training; 0 serves none.
        @WithDefault("9464")
        int metricsPort();

        /// Largest size of the pod's `/tmp`; without it the node's ephemeral storage is the limit.
        Optional<String> temporarySpace();

        /// Largest size of the pod's `/scratch`, where a step works whose store is a bucket: the model and the data it
        /// reads, the model it makes and its checkpoint. Without it the node's ephemeral storage is the limit.
        Optional<String> scratchSpace();
    }

    /// The volume claim that holds results where an experiment names no storage.
    interface Store {

        /// Its name in every namespace with experiments.
        @WithDefault("isogloss-store")
        String claim();

        /// True if the operator creates it where it is missing.
        @WithDefault("true")
        boolean create();

        @WithDefault("20Gi")
        String size();

        /// StorageClass; the cluster's default without it.
        Optional<String> storageClass();

        /// ReadWriteMany where pods on several nodes share it.
        @WithDefault("ReadWriteOnce")
        String accessMode();
    }

    /// Election of the one replica that works.
    interface LeaderElection {

        @WithDefault("false")
        boolean enabled();

        @WithDefault("isogloss-operator")
        String lease();

        /// Namespace of the lease; by default the operator's own.
        Optional<String> namespace();

        @WithDefault("PT15S")
        Duration leaseDuration();

        @WithDefault("PT10S")
        Duration renewDeadline();

        @WithDefault("PT2S")
        Duration retryPeriod();
    }

    /// Reports beside statuses.
    interface Reports {

        /// True if transitions become Kubernetes events.
        @WithDefault("true")
        boolean events();

        /// Writes a second that may be spent on what can wait or be left out: ordinary events, and statuses that
        /// only show progress.
        @WithDefault("2")
        double perSecond();
    }

    /// Replacements of parts of the Kubernetes client, each of which can be switched off (package `client`).
    interface Client {

        @WithDefault("true")
        boolean nativeTls();

        @WithDefault("true")
        boolean lightSerialization();

        @WithDefault("true")
        boolean heapTrim();
    }
}
