package dev.isogloss.operator.benchmarks;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TransferBenchmark;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Many resources of one kind that share no step, applied one by one and watched until they are complete.
///
/// @param <R> the kind
final class Workloads<R extends CustomResource<?, ?>> implements ResourceEventHandler<R> {
    private static final String RUNTIME = """
              runtime:
                podPer: POD_PER
                resources: {limits: {cpu: 100m, memory: 64Mi}}
                cpuResources: {limits: {cpu: 100m, memory: 64Mi}}
                pod: {annotations: {sim.isogloss/run-for: never}}
            """;

    private final KubernetesClient client;
    private final String template;
    private final Function<R, @Nullable ExperimentStatus> status;
    private final Map<String, Integer> complete = new ConcurrentHashMap<>();

    /// @param template with the namespace's name for `NAMESPACE` and the resource's number for `NUMBER`
    private Workloads(
            KubernetesClient client,
            String namespace,
            Class<R> type,
            PodPer podPer,
            String template,
            Function<R, @Nullable ExperimentStatus> status) {
        this.client = client;
        this.template = template.replace("NAMESPACE", namespace) + RUNTIME.replace("POD_PER", podPer.name());
        this.status = status;
        client.resources(type).inNamespace(namespace).inform(this);
    }

    /// Steps of each of the experiments.
    static final int STEPS = 5;

    /// Experiments of five steps: an encoder, then a training and a measurement for each of two seeds.
    static Workloads<TransferExperiment> experiments(KubernetesClient client, String namespace) {
        return experiments(client, namespace, PodPer.Model, "1, 2", "{fineTune: {epochs: 1}}");
    }

    /// Experiments of thirteen steps: an encoder, then for each of three seeds a training, one that goes on from
    /// it, and a measurement of both.
    static Workloads<TransferExperiment> adaptations(KubernetesClient client, String namespace, PodPer podPer) {
        return experiments(client, namespace, podPer, "1, 2, 3", "{fineTune: {epochs: 1}}, {iwda: {epochs: 1}}");
    }

    private static Workloads<TransferExperiment> experiments(
            KubernetesClient client, String namespace, PodPer podPer, String seeds, String stages) {
        String template = """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: eNUMBER, namespace: NAMESPACE}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toyNUMBER, location: {generated: {}}}
                  corpus: {name: toyNUMBER, languages: [qal, qen], location: {generated: {}}}
                  encoder: {fromPretraining: {architecture: {preset: Tiny}}}
                  source: qal
                  targets: [qen]
                  seeds: [SEEDS]
                  stages: [STAGES]
                """.replace("SEEDS", seeds).replace("STAGES", stages);
        return new Workloads<>(
                client, namespace, TransferExperiment.class, podPer, template, TransferExperiment::getStatus);
    }

    /// Runs of two models that teach each other over five rounds.
    static Workloads<CoTrainingRun> runs(KubernetesClient client, String namespace, PodPer podPer) {
        return new Workloads<>(
                client,
                namespace,
                CoTrainingRun.class,
                podPer,
                """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: rNUMBER, namespace: NAMESPACE}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toyNUMBER, location: {generated: {}}}
                  models:
                    - {name: lm, encoder: {location: {uri: "hf://org/lm"}}}
                    - {name: emb, encoder: {location: {uri: "hf://org/emb"}}}
                  source: qal
                  targets: [qen]
                  seeds: [1]
                  strategy: {coTraining: {rounds: 5}}
                """,
                run -> run.getStatus() == null ? null : run.getStatus().common());
    }

    /// Tables of five systems, three targets and three seeds, one of the systems chosen from two.
    static Workloads<TransferBenchmark> tables(KubernetesClient client, String namespace) {
        return new Workloads<>(
                client,
                namespace,
                TransferBenchmark.class,
                PodPer.Model,
                """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferBenchmark
                metadata: {name: tNUMBER, namespace: NAMESPACE}
                spec:
                  template:
                    task: {type: SequenceClassification}
                    data: {name: toyNUMBER, location: {generated: {}}}
                    encoder: {location: {uri: "hf://org/encoder"}}
                    source: qal
                    targets: [qen, qir, qos]
                    seeds: [1, 2, 3]
                  systems:
                    - {name: zero-shot, stages: [{fineTune: {epochs: 1}}]}
                    - {name: iwda, stages: [{fineTune: {epochs: 1}}, {iwda: {epochs: 1}}]}
                    - {name: iwda+kd, stages: [{fineTune: {epochs: 1}}, {iwda: {epochs: 1}}, {distill: {}}]}
                    - {name: oracle, stages: [{fineTune: {epochs: 1}}, {iwda: {epochs: 1, importanceWeights: Oracle}}]}
                    - {name: in-language, stages: [{fineTune: {epochs: 1, learnFrom: Target}}]}
                  sweep: {system: iwda+kd, over: {"stages[2].distill.epochs": [2, 3]}}
                  comparison: {baseline: zero-shot}
                """,
                table -> table.getStatus() == null ? null : table.getStatus().common());
    }

    void apply(int number) {
        String manifest = template.replace("NUMBER", String.valueOf(number));
        client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
                .create();
    }

    int complete() {
        return complete.size();
    }

    /// Steps of the plans of those that are complete.
    int steps() {
        return complete.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void onAdd(R subject) {
        onUpdate(subject, subject);
    }

    @Override
    public void onUpdate(R before, R subject) {
        ExperimentStatus now = status.apply(subject);
        if (now == null || now.conditions() == null) return;
        for (Condition condition : now.conditions()) {
            if (!condition.status().equals("True")) continue;
            if (condition.type().equals("Complete"))
                complete.put(
                        subject.getMetadata().getName(),
                        Objects.requireNonNull(now.steps()).total());
            if (condition.type().equals("Failed") || condition.type().equals("Invalid"))
                throw new IllegalStateException(subject.getMetadata().getName() + ": " + condition.message());
        }
    }

    @Override
    public void onDelete(R subject, boolean unknown) {
        complete.remove(subject.getMetadata().getName());
    }
}
