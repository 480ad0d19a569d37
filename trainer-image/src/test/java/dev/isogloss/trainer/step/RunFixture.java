package dev.isogloss.trainer.step;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A run on invented languages, in the shape that manifests of all strategies share.
///
/// @param data   of the manifest; the corpus is of invented languages always
/// @param models a list in YAML
/// @param more   further fields of the spec, a line each
record RunFixture(String task, String data, int examples, String models, String targets, String strategy, String more) {

    RunFixture(String task, int examples, String models, String targets, String strategy, String more) {
        this(task, "{name: toy, location: {generated: SIZES}}", examples, models, targets, strategy, more);
    }

    /// Models `m0`, `m1` and so on: tiny, hardly trained, and no two the same.
    static String models(int count) {
        return IntStream.range(0, count).mapToObj(i -> """
                - name: m%d
                  seed: %d
                  encoder:
                    maxLength: 32
                    fromPretraining:
                      architecture: {preset: Tiny, hidden: 16, heads: 2, layers: 1}
                      tokenizer: {vocabularySize: 250}
                      pretrain: {maxUpdates: 2, batchSize: 8, maxLength: 32}
                  fineTune: {maxUpdates: 2, batchSize: 8, learningRate: 1e-3}
                """.formatted(i, 10 * i)).collect(Collectors.joining());
    }

    /// The same on files of the claim `data`.
    ///
    /// @param splits how they are cut; empty: as they are
    RunFixture onFiles(String splits) {
        String files = "{name: file, location: {claim: data, path: \"{language}/{split}.jsonl\"}"
                + (splits.isEmpty() ? "}" : ", splits: " + splits + "}");
        return new RunFixture(task, files, examples, models, targets, strategy, more);
    }

    String manifest() {
        return """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: lab}
                spec:
                  task: {type: TASK}
                  data: DATA
                  corpus: {name: toy, languages: [qal, qen], location: {generated: SIZES}}
                  models:
                MODELS
                  source: qal
                  targets: [TARGETS]
                  seeds: [3]
                  strategy: STRATEGY
                  MORE
                """.replace("DATA", data)
                .replace("SIZES", "{trainExamples: %d, testExamples: 20, texts: 40, pairs: 20}".formatted(examples))
                .replace("MODELS", models.indent(4).stripTrailing())
                .replace("TASK", task)
                .replace("TARGETS", targets)
                .replace("STRATEGY", strategy)
                .replace("MORE", more);
    }

    StepRig rig(Path store) {
        return rig(store, Map.of());
    }

    StepRig rig(Path store, Map<String, Path> claims) {
        return new StepRig(store, manifest(), claims);
    }
}
