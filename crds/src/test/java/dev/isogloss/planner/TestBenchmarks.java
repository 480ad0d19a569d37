package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.Plan;
import java.util.Objects;

/// A small benchmark for tests: an experiment, a swept one, a run, and one with another encoder.
public final class TestBenchmarks {
    public static final String TABLE = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferBenchmark
            metadata: {name: table}
            spec:
              template:
                task: {type: SequenceClassification}
                data: {name: toy, location: {claim: datasets, path: "{language}/{split}.jsonl"}}
                encoder: {location: {uri: "hf://xlm-roberta-base"}, maxLength: 64}
                source: en
                targets: [de, fr]
                seeds: [1, 2]
              systems:
                - {name: zero-shot, stages: [{fineTune: {epochs: 2}}]}
                - {name: iwda, stages: [{fineTune: {epochs: 2}}, {iwda: {epochs: 3}}]}
                - name: co
                  models:
                    - {name: lm, encoder: {location: {uri: "hf://xlm-roberta-base"}}, fineTune: {epochs: 2}}
                    - {name: emb, encoder: {location: {uri: "hf://sentence-transformers/LaBSE"}}, fineTune: {epochs: 2}}
                  strategy: {coTraining: {rounds: 2}}
                - name: labse
                  encoder: {location: {uri: "hf://sentence-transformers/LaBSE"}}
                  stages: [{fineTune: {epochs: 2}}]
              sweep: {system: iwda, over: {"stages[1].iwda.lambdaAlign": [1e-3, 0.01]}}
              comparison: {baseline: zero-shot}
            """;

    private TestBenchmarks() {}

    /// The benchmark after edits of its text.
    ///
    /// @param edits what is replaced, and by what, in turn
    public static String edited(String... edits) {
        String text = TABLE;
        for (int i = 0; i < edits.length; i += 2) {
            assertThat(text).contains(edits[i]);
            text = text.replace(edits[i], edits[i + 1]);
        }
        return text;
    }

    public static TransferBenchmarkSpec spec(String text) {
        return ((TransferBenchmarkManifest) ManifestReader.read("m.yaml", text).getFirst()).spec();
    }

    public static Plan plan(String... edits) {
        return Planner.plan("table", spec(edited(edits)));
    }

    public static BenchmarkOutline outline(Plan plan) {
        return Objects.requireNonNull(plan.benchmark());
    }
}
