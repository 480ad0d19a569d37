package dev.isogloss.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/// Set-up of Kueue by an administrator: a queue named `research` that lends a number of GPUs, and two priorities.
final class Queue {
    static final String LOW = "isogloss-low";
    static final String HIGH = "isogloss-high";

    private static final ResourceDefinitionContext WORKLOADS = new ResourceDefinitionContext.Builder()
            .withGroup("kueue.x-k8s.io")
            .withVersion("v1beta1")
            .withKind("Workload")
            .withPlural("workloads")
            .withNamespaced(true)
            .build();

    private Queue() {}

    static void open(OperatorRig rig, int gpus) {
        KubernetesClient client = rig.client();
        priority(client, LOW, 100);
        priority(client, HIGH, 1000);
        for (String part : parts(rig.namespace(), gpus).split("---\n"))
            client.resource(Serialization.unmarshal(part, GenericKubernetesResource.class))
                    .serverSideApply();
    }

    private static void priority(KubernetesClient client, String name, int value) {
        client.resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withValue(value)
                        .withPreemptionPolicy("Never")
                        .build())
                .serverSideApply();
    }

    private static String parts(String namespace, int gpus) {
        return """
                apiVersion: kueue.x-k8s.io/v1beta1
                kind: ResourceFlavor
                metadata: {name: any}
                ---
                apiVersion: kueue.x-k8s.io/v1beta1
                kind: ClusterQueue
                metadata: {name: %1$s}
                spec:
                  namespaceSelector: {}
                  preemption: {withinClusterQueue: LowerPriority}
                  resourceGroups:
                  - coveredResources: [nvidia.com/gpu]
                    flavors: [{name: any, resources: [{name: nvidia.com/gpu, nominalQuota: %2$d}]}]
                ---
                apiVersion: kueue.x-k8s.io/v1beta1
                kind: LocalQueue
                metadata: {name: research, namespace: %1$s}
                spec: {clusterQueue: %1$s}
                """.formatted(namespace, gpus);
    }

    /// Kueue's Workloads in a namespace: one for each Job that it manages.
    static List<GenericKubernetesResource> workloads(OperatorRig rig) {
        return rig.client()
                .genericKubernetesResources(WORKLOADS)
                .inNamespace(rig.namespace())
                .list()
                .getItems();
    }
}
