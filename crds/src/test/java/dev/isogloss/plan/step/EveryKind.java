package dev.isogloss.plan.step;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.planner.Planner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One step of every kind, as small manifests mean them.
final class EveryKind {
    private static final String MANIFESTS = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: experiment}
            spec:
              task: {type: SequenceClassification}
              data: {name: reviews, location: {claim: data, path: "{language}/{split}.jsonl"}, languages: [{language: de, path: "german/{split}.jsonl"}]}
              corpus:
                name: web
                languages: [en, de]
                location: {claim: texts, path: "{language}.txt"}
                pairs: {claim: pairs, path: "{language}.tsv"}
              dictionary: {name: synonyms, location: {claim: words, path: synonyms.json}}
              encoder: {name: xlmr, location: {claim: encoders, path: xlmr}}
              source: en
              targets: [de]
              seeds: [1, 2]
              stages:
                - pretrain: {}
                - languageAdaptation: {}
                - fineTune: {}
                - distill: {}
                - interpolate: {}
                - analyse: {}
                - project: {show: Synonyms}
              evaluate: {splits: [test], ensemble: true}
            ---
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: run}
            spec:
              task: {type: SequenceClassification}
              data: {name: reviews, location: {claim: data, path: "{language}/{split}.jsonl"}}
              corpus:
                name: web
                languages: [en, de]
                location: {claim: texts, path: "{language}.txt"}
                pairs: {claim: pairs, path: "{language}.tsv"}
              models:
                - name: sentences
                  encoder:
                    fromPretraining:
                      architecture: {preset: Tiny}
                      tokenizer: {vocabularySize: 300}
                      pretrain: {pairFraction: 0}
                      rankTranslations: {}
                  fineTune: {}
              source: en
              targets: [de]
              seeds: [1]
              strategy: {selfTraining: {rounds: 2, poolSplit: pool, keep: Best}}
            ---
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: three}
            spec:
              task: {type: SequenceClassification}
              data: {name: reviews, location: {claim: data, path: "{language}/{split}.jsonl"}}
              models:
                - {name: a, encoder: {name: xlmr, location: {claim: encoders, path: xlmr}}, seed: 1}
                - {name: b, encoder: {name: xlmr, location: {claim: encoders, path: xlmr}}, seed: 2}
                - {name: c, encoder: {name: xlmr, location: {claim: encoders, path: xlmr}}, seed: 3}
              source: en
              targets: [de]
              seeds: [1]
              strategy: {triTraining: {rounds: 2}}
            ---
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferBenchmark
            metadata: {name: table}
            spec:
              template:
                task: {type: SequenceClassification}
                data: {name: reviews, location: {claim: data, path: "{language}/{split}.jsonl"}}
                encoder: {name: xlmr, location: {claim: encoders, path: xlmr}}
                source: en
                targets: [de]
              systems:
                - {name: zero-shot, stages: [{fineTune: {}}]}
                - {name: iwda, stages: [{fineTune: {}}, {iwda: {}}]}
              sweep: {system: iwda, over: {"stages[1].iwda.lambdaAlign": [0.001, 0.01]}}
              comparison: {baseline: zero-shot}
            """;

    private EveryKind() {}

    /// The first step of each kind, by its kind.
    static Map<String, StepSpec> first() {
        Map<String, StepSpec> first = new LinkedHashMap<>();
        for (PlannedStep step : all()) first.putIfAbsent(step.spec().kind(), step.spec());
        return first;
    }

    static List<PlannedStep> all() {
        return all(MANIFESTS);
    }

    /// The same of a dataset whose splits are all cut out of files of other names.
    ///
    /// @param splits in YAML, on one line
    static List<PlannedStep> allWith(String splits) {
        return all(MANIFESTS.replace("name: reviews", "name: reviews, splits: " + splits));
    }

    private static List<PlannedStep> all(String manifests) {
        List<PlannedStep> all = new ArrayList<>();
        for (Manifest manifest : ManifestReader.read("kinds.yaml", manifests)) {
            if (manifest instanceof TransferExperimentManifest experiment)
                all.addAll(Planner.plan(experiment.name(), experiment.spec()).steps());
            if (manifest instanceof CoTrainingRunManifest run)
                all.addAll(Planner.plan(run.name(), run.spec()).steps());
            if (manifest instanceof TransferBenchmarkManifest table)
                all.addAll(Planner.plan(table.name(), table.spec()).steps());
        }
        return all;
    }

    static Locations locations() {
        return Planner.locations(experiment().spec());
    }

    private static TransferExperimentManifest experiment() {
        return (TransferExperimentManifest)
                ManifestReader.read("kinds.yaml", MANIFESTS).getFirst();
    }
}
