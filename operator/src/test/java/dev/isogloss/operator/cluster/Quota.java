package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;

/// A quota for the number of resources of one kind in a test's namespace. What the controller of quotas would write is
/// written here, and waited for until it holds.
final class Quota {
    private static final Map<String, String> ANY = Map.of(
            "persistentvolumeclaims",
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """,
            "count/trainingsteps.isogloss.dev",
            """
            apiVersion: isogloss.dev/v1alpha1
            kind: TrainingStep
            spec: {key: %s, kind: Train, step: "{}", storage: {location: {claim: any}}}
            """.formatted("0".repeat(64)),
            "requests.example.com/gpu",
            """
            apiVersion: v1
            kind: Pod
            spec:
              containers: [{name: any, image: any, resources: {limits: {example.com/gpu: 1}}}]
            """);

    private final OperatorRig rig;
    private final String counted;
    private final ResourceQuota quota;

    /// @param counted `persistentvolumeclaims`, `count/trainingsteps.isogloss.dev` or `requests.example.com/gpu`
    Quota(OperatorRig rig, String counted, int most) {
        this.rig = rig;
        this.counted = counted;
        this.quota = rig.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(rig.namespace())
                        .withName("small")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of(counted, new Quantity("0")))
                        .endSpec()
                        .build())
                .create();
        count(0, 0);
        GenericKubernetesResource any =
                Serialization.unmarshal(Objects.requireNonNull(ANY.get(counted)), GenericKubernetesResource.class);
        any.setMetadata(new ObjectMetaBuilder()
                .withNamespace(rig.namespace())
                .withName("any")
                .build());
        rig.eventually(() -> assertThatThrownBy(
                        () -> rig.client().resource(any).dryRun().create())
                .hasMessageContaining("exceeded quota"));
        count(most, 0);
    }

    /// Counts nothing as used any more.
    void uncount() {
        count(1, 0);
    }

    private void count(int most, int used) {
        var merge = PatchContext.of(PatchType.JSON_MERGE);
        rig.client().resource(quota).patch(merge, "{\"spec\":{\"hard\":{\"%s\":\"%d\"}}}".formatted(counted, most));
        rig.client()
                .resource(quota)
                .subresource("status")
                .patch(
                        merge,
                        "{\"status\":{\"hard\":{\"%s\":\"%d\"},\"used\":{\"%s\":\"%d\"}}}"
                                .formatted(counted, most, counted, used));
    }

    void delete() {
        rig.client().resource(quota).delete();
    }
}
