package dev.isogloss.operator.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.experiment.Stage;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.planner.Planner;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TransferBenchmark;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Specs as the operator's clients read and write them, beside what a manifest means to `isogloss run`.
class SpecsTest {
    private static final String EXPERIMENT = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: every-method}
            spec:
              task: {type: SequenceClassification}
              data: {name: reviews, location: {claim: datasets, path: "{language}/{split}.jsonl"}}
              corpus: {name: wiki, languages: [en, de], location: {generated: {}}}
              dictionary: {name: synonyms, location: {claim: words, path: synonyms.json}}
              encoder:
                fromPretraining:
                  pretrain: {epochs: 7, masking: {fraction: 0.3}}
                  rankTranslations: {batchSize: 5}
              source: en
              targets: [de]
              seeds: [1, 2]
              stages:
                - pretrain: {epochs: 3}
                - languageAdaptation: {fineTune: {epochs: 2, batchSize: 9}}
                - fineTune: {epochs: 2, batchSize: 7}
                - ear: {copies: 2, fineTune: {epochs: 2}}
                - randomizedSmoothing: {perturb: Synonyms, fineTune: {batchSize: 8}}
                - adversarialTraining: {steps: 3, fineTune: {batchSize: 6}}
                - iwda: {epochs: 6, criticWidth: 33}
                - distill: {epochs: 6, batchSize: 11}
                - selfTrain: {epochs: 5, batchSize: 13}
                - adversarialAlign: {epochs: 4, batchSize: 15}
                - interpolate: {parameters: Head, plane: {coefficients: [0, 0.5]}}
                - analyse: {}
                - project: {show: Copies, examples: [2]}
            """;
    private static final String RUN = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: run}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: {}}}
              corpus: {name: wiki, languages: [en], location: {generated: {}}}
              models:
                - {name: lm, encoder: {location: {uri: "hf://x/y"}}, fineTune: {epochs: 2, batchSize: 7}}
                - {name: emb, encoder: {location: {uri: "hf://x/z"}}, languageAdaptation: {semantic: {epochs: 3}}}
              source: en
              targets: [de]
              strategy: {coTraining: {rounds: 4}}
            """;
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .build();

    static Stream<KubernetesSerialization> clients() {
        return Stream.of(
                new LightSerialization(new SimpleModule()), new KubernetesSerialization(new ObjectMapper(), true));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void an_experiment_with_every_method_means_the_same_on_a_laptop_and_on_a_cluster(KubernetesSerialization client) {
        TransferExperimentSpec spec = experiment();

        assertThat(Stage.class.getRecordComponents())
                .as("methods that a stage may name")
                .allMatch(member -> spec.stages().stream()
                        .anyMatch(stage -> member.getName().equals("name")
                                || JSON.valueToTree(stage).has(member.getName())));
        assertReadAsWritten(client, TransferExperiment.class, spec);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_run_means_the_same_on_a_laptop_and_on_a_cluster(KubernetesSerialization client) {
        assertReadAsWritten(client, CoTrainingRun.class, run(RUN));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_run_of_self_training_means_the_same_on_a_laptop_and_on_a_cluster(KubernetesSerialization client) {
        assertReadAsWritten(client, CoTrainingRun.class, run(RUN.replace("coTraining:", "selfTraining:")));
    }

    /// Whose keys stand in another order then, and whose nulls stay: by one a system takes a field away.
    @ParameterizedTest
    @MethodSource("clients")
    void a_benchmark_means_the_same_on_a_laptop_and_on_a_cluster(KubernetesSerialization client) throws Exception {
        TransferBenchmarkSpec spec = benchmark();
        JsonMapper sorting = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        Object plain = sorting.treeToValue(sorting.valueToTree(spec), Object.class);
        ObjectNode resource = JSON.createObjectNode()
                .put("apiVersion", "isogloss.dev/v1alpha1")
                .put("kind", "TransferBenchmark");
        resource.putObject("metadata").put("name", "one");
        resource.set("spec", sorting.readTree(sorting.writeValueAsString(plain)));
        client.registerKubernetesResource(TransferBenchmark.class);

        TransferBenchmark read = client.unmarshal(sorting.writeValueAsString(resource), TransferBenchmark.class);

        assertThat(read.getSpec().systems().getLast().path("corpus").isNull()).isTrue();
        Plan here = Planner.plan("one", spec);
        assertThat(Planner.plan("one", read.getSpec())).isEqualTo(here);
        assertThat(Planner.plan("one", client.clone(read).getSpec()).steps()).isEqualTo(here.steps());
    }

    private static TransferBenchmarkSpec benchmark() {
        return ((TransferBenchmarkManifest)
                        ManifestReader.read("test.yaml", """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferBenchmark
                metadata: {name: one}
                spec:
                  template:
                    task: {type: SequenceClassification}
                    data: {name: toy, location: {generated: {}}}
                    corpus: {name: toy, languages: [qal, qen], location: {generated: {}}}
                    encoder: {location: {uri: "hf://org/encoder"}}
                    source: qal
                    targets: [qen]
                  systems:
                    - {name: zero-shot, stages: [{pretrain: {}}, {fineTune: {epochs: 2}}]}
                    - {name: swept, stages: [{fineTune: {epochs: 2}}, {iwda: {}}]}
                    - {name: plain, corpus: null, stages: [{fineTune: {epochs: 3}}]}
                  sweep:
                    system: swept
                    over: {"stages[1].iwda.lambdaAlign": [5e-3, 0.1], "stages[0].fineTune.epochs": [2, 4]}
                  comparison: {baseline: zero-shot}
                """).getFirst())
                .spec();
    }

    private static <S, R extends CustomResource<S, ?>> void assertReadAsWritten(
            KubernetesSerialization client, Class<R> type, S spec) {
        ObjectNode resource = JSON.createObjectNode()
                .put("apiVersion", "isogloss.dev/v1alpha1")
                .put("kind", type.getSimpleName());
        resource.putObject("metadata").put("name", "one");
        JsonNode written = JSON.valueToTree(spec);
        resource.set("spec", written);
        client.registerKubernetesResource(type);
        String news = "{\"type\":\"ADDED\",\"object\":%s}".formatted(resource);

        R read = client.unmarshal(resource.toString(), type);
        R seen = type.cast(client.unmarshal(news, WatchEvent.class).getObject());

        assertThat(read.getSpec()).isEqualTo(spec);
        assertThat(seen.getSpec()).isEqualTo(spec);
        assertThat(client.clone(read).getSpec()).isEqualTo(spec);
        assertThat(client.convertValue(read, JsonNode.class).get("spec")).isEqualTo(written);
    }

    private static TransferExperimentSpec experiment() {
        return ((TransferExperimentManifest)
                        ManifestReader.read("test.yaml", EXPERIMENT).getFirst())
                .spec();
    }

    private static CoTrainingRunSpec run(String text) {
        return ((CoTrainingRunManifest) ManifestReader.read("test.yaml", text).getFirst()).spec();
    }
}
