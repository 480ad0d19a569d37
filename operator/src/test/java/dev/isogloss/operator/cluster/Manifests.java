package dev.isogloss.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Manifests for tests.
final class Manifests {
    private Manifests() {}

    static String quickstart() {
        try {
            return Files.readString(Path.of("../examples/quickstart.yaml"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Two models that teach each other in two rounds, under one seed.
    static String run(String name) {
        return """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: %s}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy, location: {generated: {}}}
                  models:
                    - {name: lm, encoder: {location: {uri: "hf://org/encoder"}}, fineTune: {epochs: 1}}
                    - {name: emb, encoder: {location: {uri: "hf://org/other"}}, fineTune: {epochs: 1}}
                  source: qal
                  targets: [qen, qir]
                  seeds: [1]
                  strategy: {coTraining: {rounds: 2}}
                """.formatted(name);
    }

    /// Three models, two of which teach the third, in three rounds for each of two targets.
    static String triTraining(String name, long seed) {
        return """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: %s}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy, location: {generated: {}}}
                  models:
                    - {name: a, encoder: &e {location: {uri: "hf://org/encoder"}}, fineTune: {epochs: 1}}
                    - {name: b, encoder: *e, fineTune: {epochs: 1}, seed: 2000}
                    - {name: c, encoder: *e, fineTune: {epochs: 1}, seed: 3000}
                  source: qal
                  targets: [qen, qir]
                  seeds: [%d]
                  strategy: {triTraining: {rounds: 3}}
                  evaluate: {ensemble: true}
                  runtime: {parallelism: 8, pod: {annotations: {sim.isogloss/run-for: never}}}
                """.formatted(name, seed);
    }

    /// Two training steps and two measuring ones for two seeds; `lines` are further lines of the spec.
    static String small(String name, String... lines) {
        return """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: %s}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy, location: {generated: {}}}
                  encoder: {location: {uri: "hf://org/encoder"}}
                  source: qal
                  targets: [qen, qir]
                  seeds: [1, 2]
                  stages: [{fineTune: {epochs: 1}}]
                """.formatted(name) + "  " + String.join("\n  ", lines) + "\n";
    }
}
