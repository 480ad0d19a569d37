package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// An experiment that starts from a published encoder, with a hub on the same node. Distillation and self-training
/// begin from the encoder anew, in steps of their own, so each of their pods has to find it too.
@ExtendWith(Installed.class)
@Order(4)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HubE2E {

    /// A small pretraining, whose encoder the hub publishes.
    private static final String PRETRAINING = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: pretraining}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, version: lab, location: &toy {generated: {trainExamples: 50, testExamples: 20, texts: 100, pairs: 20}}}
              corpus: {name: toy, version: lab, languages: [qal, qen], location: *toy}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 64, heads: 2, layers: 2}
                  tokenizer: {vocabularySize: 400}
                  pretrain: {epochs: 1, batchSize: 16, learningRate: 1e-3, maxLength: 32}
              source: qal
              seeds: [1]
              stages: [{fineTune: {epochs: 1, batchSize: 16}}]
            """;

    private static String experiment;

    @BeforeAll
    static void there_is_a_hub(Installation installation) throws Exception {
        StoredSteps pretraining = installation.localRun(PRETRAINING).store();
        ServerPod hub = new ServerPod(installation.namespace("hub"), "trainer", 8080);
        hub.add(encoder(pretraining), "models/isogloss/tiny");
        hub.start(HubServer.class, "/programs/models");
        installation.namespace("local").apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: hub}
                stringData: {HF_ENDPOINT: %s}
                """.formatted(hub.address()));
        experiment = Experiments.read("published.yaml").replace("HUB", hub.address());
    }

    private static Path encoder(StoredSteps store) throws IOException {
        String key = store.results().entrySet().stream()
                .filter(result -> result.getValue().path("kind").asText().equals("Pretrain"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        return store.folder(key).resolve("model");
    }

    @Test
    @Order(1)
    void distillation_and_self_training_find_the_encoder_that_they_start_from_anew(Installation installation)
            throws Exception {
        Namespace published = installation.namespace("published");
        StoredSteps store = new StoredSteps(published.claim("isogloss-store"));
        published.apply(experiment);
        published.waitFor("condition=Complete", "txp/published", LONG);
        LocalRun local = installation.localRun(experiment, "hub");

        assertThat(Scores.ofSteps(published.get("tst"))).isEqualTo(local.scores());
        assertThat(store.bytes()).isNotEmpty().isEqualTo(local.store().bytes());
    }

    @Test
    @Order(2)
    void every_step_that_starts_from_the_encoder_names_its_address(Installation installation) throws Exception {
        JsonNode steps = installation.namespace("published").get("tst");

        assertThat(steps.path("items").valueStream())
                .filteredOn(step -> step.at("/spec/kind").asText().matches("Train|Adapt"))
                .hasSize(3)
                .allMatch(step -> step.at("/spec/locations").toString().contains("hf://isogloss/tiny"));
    }
}
