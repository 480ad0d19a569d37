package dev.isogloss.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Manifests that a real node gets through in a minute.
final class Experiments {
    private Experiments() {}

    /// The quickstart with little data and few updates.
    ///
    /// @param data a line instead of the generated data, or nothing
    static String experiment(String name, String seeds, String data) {
        String generated = "{generated: {trainExamples: 300, testExamples: 50, texts: 300, pairs: 50}}";
        String labelled =
                data.isEmpty() ? "  data: {name: toy, version: small, location: %s}\n".formatted(generated) : data;
        return """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: %s}
                spec:
                  task: {type: SequenceClassification}
                %s  corpus: {name: toy, version: small, languages: [qal, qen], location: %s}
                  encoder:
                    fromPretraining:
                      architecture: {preset: Tiny}
                      tokenizer: {vocabularySize: 400}
                      pretrain: {epochs: 3, learningRate: 1e-3, pairFraction: 0.5}
                    maxLength: 64
                  source: qal
                  targets: [qen]
                  seeds: [%s]
                  stages:
                    - fineTune: {epochs: 12, learningRate: 1e-3, batchSize: 32}
                """.formatted(name, labelled, generated, seeds);
    }

    /// An experiment whose pretraining lasts for a minute or so.
    static final String LASTING = experiment("lasting", "1", "")
            .replace("{epochs: 3, learningRate: 1e-3, pair", "{epochs: 80, learningRate: 1e-3, pair");

    /// A manifest among the resources.
    static String read(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/dev/isogloss/chart", name));
    }

    static String claim(String name) {
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %s}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """.formatted(name);
    }
}
