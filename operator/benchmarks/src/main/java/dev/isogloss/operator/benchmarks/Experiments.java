package dev.isogloss.operator.benchmarks;

import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Experiments of five steps that share nothing: an encoder, then a training and a measurement for each of two seeds.
final class Experiments implements ResourceEventHandler<TransferExperiment> {
    static final int STEPS = 5;

    private final KubernetesClient client;
    private final String namespace;
    private final Set<String> complete = ConcurrentHashMap.newKeySet();

    Experiments(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        client.resources(TransferExperiment.class).inNamespace(namespace).inform(this);
    }

    void apply(int number) {
        String manifest = """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: e%1$d, namespace: %2$s}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy%1$d, location: {generated: {}}}
                  corpus: {name: toy%1$d, languages: [qal, qen], location: {generated: {}}}
                  encoder: {fromPretraining: {architecture: {preset: Tiny}}}
                  source: qal
                  targets: [qen]
                  seeds: [1, 2]
                  stages: [{fineTune: {epochs: 1}}]
                  runtime:
                    resources: {limits: {cpu: 100m, memory: 64Mi}}
                    cpuResources: {limits: {cpu: 100m, memory: 64Mi}}
                    pod: {annotations: {sim.isogloss/run-for: never}}
                """.formatted(number, namespace);
        client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
                .create();
    }

    int complete() {
        return complete.size();
    }

    @Override
    public void onAdd(TransferExperiment experiment) {
        onUpdate(experiment, experiment);
    }

    @Override
    public void onUpdate(TransferExperiment before, TransferExperiment experiment) {
        var status = experiment.getStatus();
        if (status == null || status.conditions() == null) return;
        for (var condition : status.conditions()) {
            if (!condition.status().equals("True")) continue;
            if (condition.type().equals("Complete"))
                complete.add(experiment.getMetadata().getName());
            if (condition.type().equals("Failed"))
                throw new IllegalStateException(experiment.getMetadata().getName() + " failed: " + condition.message());
        }
    }

    @Override
    public void onDelete(TransferExperiment experiment, boolean unknown) {
        complete.remove(experiment.getMetadata().getName());
    }
}
