package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The application as it is packaged, in a process of its own: what other tests put together by hand is put together by
/// Quarkus here.
@ExtendWith(RealApiServer.class)
class PackagedOperatorIT {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    @TempDir
    private Path folder;

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process start(String namespace, int port, boolean leaderElection, String... environment)
            throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), RealApiServer.kubeconfig());
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(log(port).toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
        builder.environment().put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_ENABLED", String.valueOf(leaderElection));
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_NAMESPACE", namespace);
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_LEASE_DURATION", "PT6S");
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_RENEW_DEADLINE", "PT4S");
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_RETRY_PERIOD", "PT1S");
        for (int i = 0; i < environment.length; i += 2) builder.environment().put(environment[i], environment[i + 1]);
        return builder.start();
    }

    private Path log(int port) {
        return folder.resolve("operator-" + port + ".log");
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create("http://localhost:" + port + path);
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void awaitReady(int port) {
        Awaitility.await("readiness")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get(port, "/q/health/ready").statusCode() == 200);
    }

    @Test
    void it_becomes_ready_works_tells_how_it_does_and_stops_when_told_to() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed())) {
            int port = freePort();
            Process operator = start(rig.namespace(), port, false);
            try {
                awaitReady(port);
                assertThat(get(port, "/q/health/started").statusCode()).isEqualTo(200);
                assertThat(get(port, "/q/health/live").statusCode()).isEqualTo(200);
                rig.apply(Manifests.small("packaged"));
                ExperimentStatus status = rig.await("packaged", ConditionType.Complete);

                assertThat(status.progress()).isEqualTo("4/4");
                assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
                assertThat(get(port, "/q/metrics").body())
                        .contains("isogloss_resources{kind=\"TransferExperiment\",phase=\"Succeeded\"} 1.0")
                        .contains("isogloss_leader 1.0")
                        .contains("isogloss_cached_objects{kind=\"TrainingStep\"} 4.0")
                        .contains("isogloss_cached_objects{kind=\"Job\"} 4.0")
                        .contains("isogloss_steps_started_total{kind=\"Train\"} 2.0")
                        .containsPattern("isogloss_api_requests_seconds_count\\{code=\"201\".*resource=\"jobs\"")
                        .containsPattern("operator_sdk_\\w+");
                operator.destroy();
                assertThat(operator.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(operator.exitValue()).isEqualTo(143);
            } finally {
                operator.destroyForcibly().waitFor();
            }
            List<String> log = Files.readAllLines(log(port));
            assertThat(log).allMatch(line -> line.startsWith("{")).noneMatch(line -> line.contains("\"ERROR\""));
            assertThat(log).anyMatch(line -> line.contains("JobCreated"));
            assertThat(log).anyMatch(line -> line.contains("encrypted by BoringSSL"));
        }
    }

    /// Experiments wait for the steps to be read; nothing but a restart, after somebody has mended the rights, helps.
    @Test
    void it_ends_at_once_where_it_cannot_read_steps() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client())) {
            String user = "blind-" + rig.namespace();
            mayReadExperimentsAlone(user);
            int port = freePort();
            Process operator = start("JOSDK_ALL_NAMESPACES", port, false, "KUBERNETES_IMPERSONATE_USERNAME", user);
            try {
                assertThat(operator.waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(operator.exitValue()).isNotZero();
            } finally {
                operator.destroyForcibly().waitFor();
            }
            assertThat(Files.readString(log(port)))
                    .contains("the TrainingSteps cannot be read")
                    .contains("cannot list resource");
        }
    }

    private static void mayReadExperimentsAlone(String user) {
        RealApiServer.client()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(user)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("isogloss.dev")
                        .withResources("transferexperiments", "cotrainingruns")
                        .withVerbs("list", "watch")
                        .endRule()
                        .build())
                .create();
        RealApiServer.client()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(user)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", user)
                        .addNewSubject()
                        .withKind("User")
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withName(user)
                        .endSubject()
                        .build())
                .create();
    }

    @Test
    void it_works_without_the_replacements_in_its_client() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed())) {
            int port = freePort();
            Process operator = start(
                    rig.namespace(),
                    port,
                    false,
                    "ISOGLOSS_CLIENT_NATIVE_TLS",
                    "false",
                    "ISOGLOSS_CLIENT_LIGHT_SERIALIZATION",
                    "false",
                    "ISOGLOSS_CLIENT_HEAP_TRIM",
                    "false");
            try {
                awaitReady(port);
                rig.apply(Manifests.small("plain"));
                assertThat(rig.await("plain", ConditionType.Complete).progress())
                        .isEqualTo("4/4");
                assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
            } finally {
                operator.destroyForcibly().waitFor();
            }
            assertThat(Files.readString(log(port)))
                    .contains("encrypted by the JDK")
                    .doesNotContain("\"ERROR\"");
        }
    }

    @Test
    void of_two_replicas_one_works_and_the_other_takes_over_when_it_is_killed() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new PlayedJobs.Run())) {
            int firstPort = freePort();
            int secondPort = freePort();
            Process first = start(rig.namespace(), firstPort, true);
            Process second = null;
            try {
                awaitReady(firstPort);
                rig.apply(Manifests.small("led"));
                rig.await(
                        "led",
                        status -> status.steps() != null && status.steps().running() == 2);
                second = start(rig.namespace(), secondPort, true);
                awaitReady(secondPort);
                assertThat(get(firstPort, "/q/metrics").body()).contains("isogloss_leader 1.0");
                assertThat(get(secondPort, "/q/metrics").body()).contains("isogloss_leader 0.0");
                first.destroyForcibly().waitFor();
                jobs.script(_ -> new Succeed());
                rig.await("led", ConditionType.Complete);

                assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
                assertThat(Files.readString(log(secondPort))).contains("JobCreated");
            } finally {
                first.destroyForcibly().waitFor();
                if (second != null) second.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void a_leader_that_is_told_to_stop_ends_at_once() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client())) {
            int port = freePort();
            Process operator = start(rig.namespace(), port, true);
            try {
                awaitReady(port);
                rig.eventually(() -> assertThat(holder(rig)).isNotEmpty());
                operator.destroy();

                assertThat(operator.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(operator.exitValue()).isEqualTo(143);
            } finally {
                operator.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void a_leader_that_loses_its_lease_ends() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client())) {
            int port = freePort();
            Process operator = start(rig.namespace(), port, true);
            try {
                awaitReady(port);
                rig.eventually(() -> assertThat(holder(rig)).isNotEmpty());
                leases(rig).edit(lease -> new LeaseBuilder(lease)
                        .editSpec()
                        .withHolderIdentity("another")
                        .endSpec()
                        .build());

                assertThat(operator.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(operator.exitValue()).isEqualTo(1);
            } finally {
                operator.destroyForcibly().waitFor();
            }
        }
    }

    private static Resource<Lease> leases(OperatorRig rig) {
        return rig.client().leases().inNamespace(rig.namespace()).withName("isogloss-operator");
    }

    /// Empty where nobody holds it, or nobody has yet.
    private static String holder(OperatorRig rig) {
        Lease lease = leases(rig).get();
        return lease == null ? "" : Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
    }
}
