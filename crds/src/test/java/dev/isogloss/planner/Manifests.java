package dev.isogloss.planner;

import dev.isogloss.api.experiment.Stage;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.Strategy;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

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

    /// An experiment with a value for every record that a spec may hold.
    public static final String EVERY_RECORD = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: every}
            spec:
              task: {type: SequenceClassification, labels: [a, b]}
              data:
                name: toy
                location: {claim: datasets, path: "{language}/{split}.jsonl"}
                fields: {text: t, secondText: u, label: l, id: i}
                splits:
                  dev: {file: train, first: 1, last: 2147483647, partition: {of: 1000000, part: 1}}
                  test: {file: test, prior: {dirichlet: 1, size: 10}}
                languages: [{language: de, path: "de.jsonl"}]
              corpus: {name: wiki, languages: [en, de], location: {generated: {}}}
              dictionary: {name: synonyms, location: {claim: words, path: synonyms.json}}
              encoder:
                fromPretraining:
                  architecture: {heads: 1}
                  pretrain: {languages: [en], maxLength: 8192, masking: {replacedByMask: 0, replacedByRandom: 0}}
                  rankTranslations: {}
              source: en
              targets: [de]
              stages:
                - fineTune: {languages: [en], selection: {languages: [en]}}
                - languageAdaptation: {alignment: {languages: [de]}}
                - ear: {}
                - randomizedSmoothing: {}
                - adversarialTraining: {}
                - iwda: {}
                - distill: {}
                - selfTrain: {}
                - adversarialAlign: {}
                - interpolate: {line: {coefficients: [0]}, plane: {coefficients: [0]}}
                - analyse: {splits: [test]}
                - project: {languages: [de], examples: [1]}
              evaluate: {languages: [en, de]}
            """;

    /// A run with a value for every record that a spec may hold.
    public static final String EVERY_RECORD_OF_A_RUN = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: every}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: {}}}
              corpus: {name: wiki, languages: [en], location: {generated: {}}}
              models:
                - {name: lm, encoder: {location: {uri: "hf://xlm-roberta-base"}, name: x, version: "1"}}
                - {name: emb, encoder: {location: {uri: "hf://x/y"}}, languageAdaptation: {}}
              source: en
              targets: [de]
              strategy: {coTraining: {}}
            """;

    /// The same by tri-training, which needs three models and knows no language adaptation.
    public static final String EVERY_RECORD_OF_TRI_TRAINING = EVERY_RECORD_OF_A_RUN
            .replace(
                    ", languageAdaptation: {}",
                    ", seed: 2}\n    - {name: third, encoder: {location: {uri: \"hf://x/y\"}}, seed: 3")
            .replace("{coTraining: {}}", """
                    {triTraining: {rounds: 1, distillation: {fraction: [0.5]}, sets: [[Gold, SourceCopies]],
                        augment: {maskedLanguageModel: {encoder: {location: {uri: "hf://x/z"}}, pretrain: {}}}}}""");

    /// A run of three rounds by each strategy.
    static String runBy(String strategy) {
        String run = RUN.replace("coTraining", strategy);
        return strategy.equals("triTraining")
                ? run.replace(
                        "  source: en", "    - {name: third, encoder: {location: {uri: \"hf://x/y\"}}}\n  source: en")
                : run;
    }

    private Manifests() {}

    /// The methods that a stage may be, by the names of its fields.
    public static List<String> stages() {
        return names(Stage.class).filter(field -> !field.equals("name")).toList();
    }

    /// The strategies that a run may follow, by the names of their fields.
    public static List<String> strategies() {
        return names(Strategy.class).toList();
    }

    private static Stream<String> names(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents()).map(RecordComponent::getName);
    }

    /// The manifest with everything that a stage may read beside labelled data.
    static String withPairs(String manifest) {
        return manifest.replace(
                "  source: en",
                "  corpus: {name: c, languages: [en], location: {claim: d}, pairs: {claim: d}}\n"
                        + "  dictionary: {name: w, location: {claim: d, path: w.json}}\n  source: en");
    }

    public static CoTrainingRunSpec run(String text) {
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
