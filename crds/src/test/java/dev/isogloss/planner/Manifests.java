package dev.isogloss.planner;

import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;

/// Small manifests for tests.
public final class Manifests {
    public static final String SMALL = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: small}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {claim: datasets, path: "{language}/{split}.jsonl"}}
              encoder: {location: {uri: "hf://xlm-roberta-base"}}
              source: en
              targets: [de, fr]
              seeds: [1, 2]
              stages:
                - fineTune: {epochs: 2}
            """;

    static final String RUN = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: run}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {claim: datasets, path: "{language}/{split}.jsonl"}}
              models:
                - {name: lm, encoder: {location: {uri: "hf://xlm-roberta-base"}}, fineTune: {epochs: 2}}
                - {name: emb, encoder: {location: {uri: "hf://sentence-transformers/LaBSE"}}, fineTune: {epochs: 2}}
              source: en
              targets: [de, fr]
              seeds: [1]
              strategy: {coTraining: {rounds: 3}}
            """;

    private Manifests() {}

    static CoTrainingRunSpec run(String text) {
        return ((CoTrainingRunManifest) ManifestReader.read("test.yaml", text).getFirst()).spec();
    }

    static Plan planRun(String text) {
        return Planner.plan("test", run(text));
    }

    public static TransferExperimentSpec spec(String text) {
        return ((TransferExperimentManifest)
                        ManifestReader.read("test.yaml", text).getFirst())
                .spec();
    }

    public static FineTune fineTune(String text, int stage) {
        return (FineTune) spec(text).stages().get(stage).settings();
    }

    static Plan plan(String text) {
        return Planner.plan("test", spec(text));
    }
}
