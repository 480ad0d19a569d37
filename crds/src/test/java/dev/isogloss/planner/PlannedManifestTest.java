package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.ManifestReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mistakes that show only in planning name the line of the file as those of the definition do.
class PlannedManifestTest {
    private static final String EXPERIMENT = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: m}
            spec:
              task: {type: SequenceClassification}
              data:
                name: toy
                location: {claim: datasets, path: "{language}/{split}.jsonl"}
              encoder:
                location: {uri: "hf://org/encoder"}
              source: en
              targets: [de, fr]
              stages:
                - fineTune: {epochs: 1}
            """;

    private static final String BENCHMARK = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferBenchmark
            metadata: {name: m}
            spec:
              template:
                task: {type: SequenceClassification}
                data: {name: toy, location: {claim: datasets, path: "{language}/{split}.jsonl"}}
                encoder: {location: {uri: "hf://org/encoder"}}
                source: en
                targets: [de, fr]
              systems:
                - name: plain
                  stages: [{fineTune: {epochs: 1}}]
                - name: longer
                  stages: [{fineTune: {epochs: 2}}]
              comparison:
                baseline: plain
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: toy|name: toy\\n    splits: {train: {file: train, minOFraction: 0.5}}|7:5: spec.data: minOFraction counts words",
                "{epochs: 1}|{epochs: 1, selection: {metric: SpanF1}}|14:5: spec.stages: selection.metric is SpanF1",
                "{epochs: 1}|{epochs: 1}\\n    - analyse: {}\\n  evaluate: {languages: [en]}|14:5: spec.stages: analyse finds no",
            })
    void of_an_experiment(String text, String changed, String message) {
        refused(EXPERIMENT, text, changed, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: longer|name: longer\\n      seeds: [7]|14:7: spec.systems[name=longer] shares no seed",
                "name: longer|name: longer\\n      evaluate: {splits: [dev]}|14:7: spec.systems[name=longer] is not measured",
                "name: longer|name: longer\\n      stage: nope|14:7: spec.systems[name=longer]: stage is nope",
                "name: toy|name: toy, splits: {train: {file: train, minOFraction: 1}}|7:11: spec.systems[name=plain]: spec.data: minOFraction counts",
                "name: longer|name: longer\\n      data: {splits: {dev: {file: dev, minOFraction: 1}}}|15:13: spec.systems[name=longer]: spec.data: minOF",
                "{epochs: 2}|{epochs: 2, selection: {metric: SpanF1}}|15:15: spec.systems[name=longer]: spec.stages: selection",
                "baseline: plain|baseline: plain\\n    metric: SpanF1|18:13: spec.comparison.metric is SpanF1",
            })
    void of_a_benchmark(String text, String changed, String message) {
        refused(BENCHMARK, text, changed, message);
    }

    @ParameterizedTest
    @CsvSource({
        "spec.published.scores.plain has, 18:31",
        "spec.published.scores.plain+kd-0.75 has, 18:55",
        "spec.published.scores.plain+kd-0.75.de: is, 18:60",
        "spec.published.scores.plain+k has, 18:23",
        "specified elsewhere, ''"
    })
    void of_a_field_whose_name_has_signs_in_it(String sentence, String place) {
        String text = BENCHMARK.replace("name: longer", "name: plain+kd-0.75")
                + "  published: {scores: {plain: {de: 1}, plain+kd-0.75: {de: 2}}}\n";
        Manifest manifest = ManifestReader.read("m.yaml", text).getFirst();

        assertThat(manifest.located(sentence))
                .isEqualTo(place.isEmpty() ? "m.yaml: " + sentence : "m.yaml:%s: %s".formatted(place, sentence));
    }

    private static void refused(String sound, String text, String changed, String message) {
        String spoilt = sound.replace(text, changed.replace("\\n", "\n"));
        Manifest manifest = ManifestReader.read("m.yaml", spoilt).getFirst();

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> PlannedManifest.of(manifest))
                .withMessageStartingWith("m.yaml:" + message);
    }
}
