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
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The packaged application: what other tests put together by hand is put together by Quarkus here.
@ExtendWith(RealApiServer.class)
class PackagedOperatorIT {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    @TempDir
    private Path folder;

    private PackagedOperator start(OperatorRig rig, boolean leaderElection, String... environment) throws IOException {
        return new PackagedOperator(folder, RealApiServer.kubeconfig(), rig.namespace(), leaderElection, environment);
    }

    @Test
    void it_becomes_ready_works_tells_how_it_does_and_stops_when_told_to() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed());
                PackagedOperator operator = start(rig, false)) {
            operator.awaitReady();
            assertThat(operator.get("/q/health/started").statusCode()).isEqualTo(200);
            assertThat(operator.get("/q/health/live").statusCode()).isEqualTo(200);
            rig.apply(Manifests.small("packaged"));
            ExperimentStatus status = rig.await("packaged", ConditionType.Complete);

            assertThat(status.progress()).isEqualTo("4/4");
            assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
            assertThat(operator.get("/q/metrics").body())
                    .contains("isogloss_resources{kind=\"TransferExperiment\",phase=\"Succeeded\"} 1.0")
                    .contains("isogloss_leader 1.0")
                    .contains("isogloss_cached_objects{kind=\"TrainingStep\"} 4.0")
                    .contains("isogloss_cached_objects{kind=\"Job\"} 4.0")
                    .contains("isogloss_steps_started_total{kind=\"Train\"} 2.0")
                    .containsPattern("isogloss_api_requests_seconds_count\\{code=\"201\".*resource=\"jobs\"")
                    .containsPattern("operator_sdk_\\w+");
            operator.process().destroy();
            assertThat(operator.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(operator.process().exitValue()).isEqualTo(143);
            List<String> log = operator.log();
            assertThat(log).allMatch(line -> line.startsWith("{")).noneMatch(line -> line.contains("\"ERROR\""));
            assertThat(log).anyMatch(line -> line.contains("JobCreated"));
            assertThat(log).anyMatch(line -> line.contains("encrypted by BoringSSL"));
        }
    }

    /// Experiments wait for the steps to be read; nothing but a restart, after somebody has mended the rights, helps.
    @Test
    void it_ends_at_once_where_it_cannot_read_steps() throws Exception {
        String user = "blind-" + ProcessHandle.current().pid();
        mayReadExperimentsAlone(user);
        try (PackagedOperator operator = new PackagedOperator(
                folder,
                RealApiServer.kubeconfig(),
                Constants.WATCH_ALL_NAMESPACES,
                false,
                "KUBERNETES_IMPERSONATE_USERNAME",
                user)) {
            assertThat(operator.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(operator.process().exitValue()).isNotZero();
            assertThat(String.join("\n", operator.log()))
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
                        .withResources("transferexperiments", "cotrainingruns", "transferbenchmarks")
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
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed());
                PackagedOperator operator = start(
                        rig,
                        false,
                        "ISOGLOSS_CLIENT_NATIVE_TLS",
                        "false",
                        "ISOGLOSS_CLIENT_LIGHT_SERIALIZATION",
                        "false",
                        "ISOGLOSS_CLIENT_HEAP_TRIM",
                        "false")) {
            operator.awaitReady();
            rig.apply(Manifests.small("plain"));
            assertThat(rig.await("plain", ConditionType.Complete).progress()).isEqualTo("4/4");
            assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
            assertThat(String.join("\n", operator.log()))
                    .contains("encrypted by the JDK")
                    .doesNotContain("\"ERROR\"");
        }
    }

    @Test
    void of_two_replicas_one_works_and_the_other_takes_over_when_it_is_killed() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new PlayedJobs.Run());
                PackagedOperator first = start(rig, true)) {
            first.awaitReady();
            rig.apply(Manifests.small("led"));
            rig.await("led", status -> status.steps() != null && status.steps().running() == 2);
            try (PackagedOperator second = start(rig, true)) {
                second.awaitReady();
                assertThat(first.get("/q/metrics").body()).contains("isogloss_leader 1.0");
                assertThat(second.get("/q/metrics").body()).contains("isogloss_leader 0.0");
                first.kill();
                jobs.script(_ -> new Succeed());
                rig.await("led", ConditionType.Complete);

                assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
                assertThat(String.join("\n", second.log())).contains("JobCreated");
            }
        }
    }

    @Test
    void a_leader_that_is_told_to_stop_ends_at_once() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PackagedOperator operator = start(rig, true)) {
            operator.awaitReady();
            rig.eventually(() -> assertThat(holder(rig)).isNotEmpty());
            operator.process().destroy();

            assertThat(operator.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(operator.process().exitValue()).isEqualTo(143);
        }
    }

    @Test
    void a_leader_that_loses_its_lease_ends() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PackagedOperator operator = start(rig, true)) {
            operator.awaitReady();
            rig.eventually(() -> assertThat(holder(rig)).isNotEmpty());
            leases(rig).edit(lease -> new LeaseBuilder(lease)
                    .editSpec()
                    .withHolderIdentity("another")
                    .endSpec()
                    .build());

            assertThat(operator.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(operator.process().exitValue()).isEqualTo(1);
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
