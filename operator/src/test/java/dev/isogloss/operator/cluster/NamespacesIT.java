package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Namespaces that are deleted, or whose owners take the operator's rights away.
@ExtendWith(RealApiServer.class)
class NamespacesIT {
    private static final String OPERATOR = "operator-of-a-test";
    private static final String TERMINATING = "because it is being terminated";

    @Test
    void a_namespace_without_rights_holds_up_no_other_one_and_is_taken_in_when_they_are_back() throws Exception {
        try (OwnApiServer server = new OwnApiServer()) {
            ResourceDefinitions.install(server.client());
            try (OperatorRig ours = new OperatorRig(server.client());
                    OperatorRig theirs = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), ours.namespace(), _ -> new Succeed());
                    PlayedJobs others = new PlayedJobs(server.client(), theirs.namespace(), _ -> new Succeed())) {
                ours.client().resource(rights(ours)).create();
                try (RunningOperator operator =
                        new RunningOperator(restricted(server), Set.of(ours.namespace(), theirs.namespace()))) {
                    ours.apply(Manifests.small("first"));
                    theirs.apply(Manifests.small("waiting"));
                    ours.await("first", ConditionType.Complete);

                    theirs.client().resource(rights(theirs)).create();
                    theirs.eventually(() -> {
                        operator.lookAtNamespaces();
                        assertThat(theirs.experiment("waiting").getStatus()).isNotNull();
                    });
                    theirs.await("waiting", ConditionType.Complete);

                    theirs.client().resource(rights(theirs)).delete();
                    operator.lookAtNamespaces();
                    ours.apply(Manifests.small("second"));
                    ours.await("second", ConditionType.Complete);
                    assertThat(jobs.made().values()).containsOnly(1);
                    assertThat(others.made().values()).containsOnly(1);
                }
            }
        }
    }

    /// What the controller of namespaces does, kind by kind, is done here in the order that tempts the operator most:
    /// whatever it has made goes while it is still wanted.
    @Test
    void a_namespace_that_is_deleted_goes_with_its_running_experiments_and_is_not_written_to_again() {
        Map<String, Integer> writes = new ConcurrentHashMap<>();
        AtomicReference<String> leaving = new AtomicReference<>("none");
        Faults counted = new Faults((method, path, point, _) -> {
            if (point == Faults.Point.Before
                    && !method.equals("GET")
                    && path.contains("/namespaces/" + leaving.get() + "/")
                    && !path.endsWith("/events")) writes.merge(method + " " + path, 1, Integer::sum);
            return 0;
        });
        try (OperatorRig ours = new OperatorRig(RealApiServer.client());
                OperatorRig theirs = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(ours.namespace(), _ -> new Succeed());
                PlayedJobs others = new PlayedJobs(theirs.namespace(), _ -> new Run());
                RunningOperator operator =
                        new RunningOperator(counted.client(), Set.of(ours.namespace(), theirs.namespace()))) {
            assertThat(operator).isNotNull();
            theirs.apply(Manifests.small("running"));
            theirs.apply(Manifests.run("pair"));
            theirs.eventually(() -> assertThat(theirs.running()).hasSize(4));
            KubernetesClient client = theirs.client();
            String namespace = theirs.namespace();
            client.namespaces().withName(namespace).delete();
            leaving.set(namespace);

            client.batch().v1().jobs().inNamespace(namespace).delete();
            client.pods().inNamespace(namespace).withGracePeriod(0).delete();
            theirs.eventually(() -> {
                assertThat(theirs.jobs()).isEmpty();
                assertThat(theirs.steps()).allSatisfy(step -> assertThat(
                                Conditions.find(step.getStatus().conditions(), ConditionType.Progressing))
                        .hasValueSatisfying(
                                condition -> assertThat(condition.message()).contains(TERMINATING)));
            });
            client.resources(TrainingStep.class).inNamespace(namespace).delete();
            theirs.eventually(() -> assertThat(theirs.condition("running", ConditionType.Progressing)
                            .message())
                    .contains(TERMINATING));
            await("no hot loop").during(Duration.ofSeconds(5)).until(() -> writes.values().stream()
                    .allMatch(count -> count <= 8));
            client.resources(TransferExperiment.class).inNamespace(namespace).delete();
            client.resources(CoTrainingRun.class).inNamespace(namespace).delete();
            assertThat(theirs.steps()).isEmpty();
            assertThat(client.resources(TransferExperiment.class)
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(client.resources(CoTrainingRun.class)
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isEmpty();

            ours.apply(Manifests.small("after"));
            ours.await("after", ConditionType.Complete);
            Map<String, Integer> before = Map.copyOf(writes);
            await("nothing more").during(Duration.ofSeconds(5)).until(() -> writes.equals(before));
            assertThat(jobs.made().values()).containsOnly(1);
            assertThat(others.made().values()).containsOnly(1);
        }
    }

    private static RoleBinding rights(OperatorRig rig) {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(rig.namespace())
                .withName("operator")
                .endMetadata()
                .withNewRoleRef()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("ClusterRole")
                .withName("cluster-admin")
                .endRoleRef()
                .addNewSubject()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("User")
                .withName(OPERATOR)
                .endSubject()
                .build();
    }

    private static KubernetesClient restricted(OwnApiServer server) {
        Config config = new ConfigBuilder(server.config())
                .withImpersonateUsername(OPERATOR)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
