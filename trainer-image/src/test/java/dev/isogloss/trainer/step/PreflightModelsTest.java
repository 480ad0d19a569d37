package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.trainer.encoder.HeadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What encoders and models cannot do is told before the first step runs.
class PreflightModelsTest {
    @TempDir
    Path folder;

    private PreflightRig rig;

    @BeforeEach
    void everythingButPairs() throws IOException {
        rig = new PreflightRig(folder);
    }

    @Test
    void a_student_needs_the_encoder_it_starts_from() {
        String manifest = PreflightRig.MANIFEST
                .replaceAll(
                        "(?s)  encoder:.*  source: en",
                        "  encoder: {location: {uri: \"file:" + folder + "/none\"}}\n  source: en")
                .replace("STAGE", "fineTune: {}\n    - distill: {}");

        assertThatThrownBy(() -> rig.check(manifest, AdaptStep.class))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(folder + "/none");
    }

    @Test
    void copies_need_an_encoder_with_a_head_for_words() {
        String run = """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: three}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: d, location: {claim: lab, path: "{language}/{split}.jsonl"}}
                  corpus: {name: c, languages: [en, de], location: {claim: lab, path: "{language}/text.txt"}}
                  models:
                    - {name: a, encoder: &e {name: e, location: {uri: "file://%s/encoder"}, maxLength: 8}}
                    - {name: b, encoder: *e, seed: 1}
                    - {name: c, encoder: *e, seed: 2}
                  source: en
                  targets: [de]
                  strategy: {triTraining: {augment: {maskedLanguageModel: {WITH}}}}
                """.formatted(folder);
        rig.encoder(HeadKind.None);
        assertThatThrownBy(() -> rig.check(run.replace("WITH", "")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("The encoder e has no masked-language-model head")
                .hasMessageContaining("augment.maskedLanguageModel.pretrain");
        assertThatCode(() -> rig.check(run.replace("WITH", "pretrain: {}"))).doesNotThrowAnyException();

        rig.encoder(HeadKind.MaskedLanguageModel);
        assertThatCode(() -> rig.check(run.replace("WITH", ""))).doesNotThrowAnyException();
    }

    @Test
    void the_layer_that_ear_pulls_is_one_of_the_encoders_whether_it_is_made_here_or_published() throws IOException {
        Files.writeString(folder.resolve("words.json"), "{\"cat\": [\"dog\"]}");
        rig.encoder(HeadKind.None);
        String experiment = """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: lab}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy, location: {generated: {}}}
                  corpus: {name: toy, languages: [qal, qen], location: {generated: {}}}
                  dictionary: {name: words, location: {claim: lab, path: words.json}}
                  encoder: {ENCODER}
                  source: qal
                  targets: [qen]
                  seeds: [1]
                  stages:
                    - pretrain: {}
                    - fineTune: {}
                    - STAGE
                """;
        for (String encoder : List.of(
                "name: e, location: {uri: \"file://%s/encoder\"}, maxLength: 8".formatted(folder),
                "fromPretraining: {architecture: {preset: Tiny}}",
                "fromPretraining: {architecture: {preset: Base, layers: 2}}")) {
            String given = experiment.replace("ENCODER", encoder);
            for (String stage : List.of("ear", "project")) {
                assertThatThrownBy(() -> rig.check(given.replace("STAGE", stage + ": {layer: 3}")), encoder)
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageContaining(stage + ".layer is 3, and the encoder has 2 layers");
                assertThatCode(() -> rig.check(given.replace("STAGE", stage + ": {layer: 2}")))
                        .as(encoder)
                        .doesNotThrowAnyException();
            }
        }
        Files.writeString(folder.resolve("words.json"), "{\"cat\": \"dog\"}");
        assertThatThrownBy(() -> rig.check(
                        experiment.replace("ENCODER", "fromPretraining: {}").replace("STAGE", "ear: {layer: 2}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("words.json:1:9: the word \"cat\" has the text \"dog\"");
    }

    @Test
    void an_example_to_be_shown_that_no_split_has_is_told() throws IOException {
        rig.encoder(HeadKind.MaskedLanguageModel);
        String experiment = """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: lab}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: d, location: {claim: lab, path: "{language}/{split}.jsonl"}}
                  encoder: {name: e, location: {uri: "file://%s/encoder"}, maxLength: 8}
                  source: en
                  targets: [de]
                  seeds: [1]
                  stages:
                    - fineTune: {}
                    - project: {examples: [3, EXAMPLE]}
                """.formatted(folder);
        Files.writeString(folder.resolve("en/test.jsonl"), PreflightRig.EXAMPLE, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> rig.check(experiment.replace("EXAMPLE", "4")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("spec.stages: project.examples names 4, and %s has 3 examples. Write numbers up to that."
                        .formatted(folder.resolve("de/test.jsonl")));
        assertThatCode(() -> rig.check(experiment.replace("EXAMPLE", "2"))).doesNotThrowAnyException();
    }

    @Test
    void models_that_will_be_blended_learn_the_same_labels() throws IOException {
        String manifest = PreflightRig.MANIFEST
                .replace("STAGE", "interpolate: {}")
                .replace("RANKED", "")
                .replace("PRETRAIN", "pairFraction: 0");
        assertThatCode(() -> rig.check(manifest)).doesNotThrowAnyException();

        Files.writeString(
                folder.resolve("de/train.jsonl"),
                PreflightRig.EXAMPLE.replace("\"b\"", "\"d\""),
                StandardOpenOption.APPEND);

        assertThatThrownBy(() -> rig.check(manifest))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("The three models tell different labels apart (d only in target and both). Name all labels"
                        + " under task.labels.");
        assertThatCode(() -> rig.check(
                        manifest.replace("SequenceClassification}", "SequenceClassification, labels: [b, c, d]}")))
                .doesNotThrowAnyException();
    }
}
