package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Namespaces that are deleted, or whose owners take the operator's rights away.
@ExtendWith(ApiServerPrograms.Needed.class)
class NamespacesIT {
    private static final String OPERATOR = "operator-of-a-test";

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
