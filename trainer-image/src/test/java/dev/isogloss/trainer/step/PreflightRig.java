package dev.isogloss.trainer.step;

import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.planner.Planner;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.HeadKind;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.inputs.Preflight;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A folder with all that a small experiment reads but translations, and the check before its first step.
final class PreflightRig {
    static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: d, location: {claim: lab, path: "{language}/{split}.jsonl"}}
              corpus:
                name: c
                languages: [en, de]
                location: {claim: lab, path: "{language}/text.txt"}
                pairs: {claim: lab, path: "pairs/en-{language}.tsv"}
              encoder:
                fromPretraining:
                  architecture: {preset: Tiny}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {PRETRAIN}
                  RANKED
              source: en
              targets: [de, fr]
              stages:
                - STAGE
            """;

    static final String EXAMPLE = "{\"text\": \"a\", \"label\": \"b\"}\n";

    private final Path folder;

    PreflightRig(Path folder) throws IOException {
        this.folder = folder;
        for (String language : List.of("en", "de", "fr")) {
            Files.createDirectories(folder.resolve(language));
            for (String split : List.of("train", "dev", "test"))
                Files.writeString(
                        folder.resolve(language).resolve(split + ".jsonl"),
                        EXAMPLE.repeat(2) + EXAMPLE.replace("\"b\"", "\"c\""));
            Files.writeString(folder.resolve(language).resolve("text.txt"), "a\n");
        }
    }

    void check(String manifest) {
        check(manifest, StepSpec.class);
    }

    /// @param left the kind of step that is not done yet
    void check(String manifest, Class<? extends StepSpec> left) {
        switch (ManifestReader.read("lab.yaml", manifest).getFirst()) {
            case TransferExperimentManifest experiment ->
                check(
                        InputLocations.of(Planner.locations(experiment.spec())),
                        Planner.plan("lab", experiment.spec()),
                        left);
            case TransferBenchmarkManifest table -> {
                Plan plan = Planner.plan("lab", table.spec());
                check(Objects.requireNonNull(plan.benchmark()).locations(), plan, left);
            }
            case CoTrainingRunManifest run ->
                check(InputLocations.of(Planner.locations(run.spec())), Planner.plan("lab", run.spec()), left);
        }
    }

    private void check(InputLocations locations, Plan plan, Class<? extends StepSpec> left) {
        new Preflight(
                        locations,
                        ClaimFolders.withLinks(Map.of("lab", folder)),
                        Store.open(folder.resolve("store")),
                        HubSettings.of(Map.of()))
                .check(plan.steps().stream()
                        .filter(step -> left.isInstance(step.spec()))
                        .toList());
    }

    /// Writes `encoder/`, of two layers.
    void encoder(HeadKind head) {
        String tokenizer = WordPieceTrainer.train(List.of("the cat reads", "die Katze liest"), 60, true, _ -> {});
        try (Scope _ = Scope.open();
                Encoder encoder =
                        Encoder.fresh(EncoderConfig.tiny(EncoderFamily.BERT, 60, 0), RandomStream.of(1, "e"))) {
            encoder.addMlmHead(RandomStream.of(1, "head"));
            ModelFolder.write(folder.resolve("encoder"), encoder, head, Map.of(), List.of(), tokenizer);
        }
    }
}
