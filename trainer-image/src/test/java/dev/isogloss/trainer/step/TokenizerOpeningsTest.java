package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.trainer.tokenizer.Openings;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often the steps of a process have the library open an encoder's tokenizer.
class TokenizerOpeningsTest {
    /// The splits that are read are large enough for the store to keep them.
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: openings}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: &sizes {trainExamples: 2000, testExamples: 2000, texts: 40, pairs: 20}}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 1, batchSize: 8, maxLength: 32, pairFraction: 0.5}
              source: qal
              targets: [qen]
              seeds: [3]
              stages:
                - fineTune: {maxUpdates: 1, batchSize: 8}
              evaluate: {splits: [test]}
            """;

    @TempDir
    Path folder;

    @Test
    void a_training_and_its_evaluation_open_it_once_between_them_and_others_that_read_the_same_not_at_all()
            throws Exception {
        StepRig rig = new StepRig(folder.resolve("store"), MANIFEST, Map.of());
        List<PlannedStep> steps = rig.plan.steps();
        assertThat(steps).hasSize(3);
        PlannedStep pretraining = steps.getFirst();
        rig.runOnly(pretraining);

        assertThat(Openings.of(rig::run)).isEqualTo(1);

        List<String> before = results(rig);
        remove(rig, steps.get(1));
        remove(rig, steps.get(2));
        Tokenizer.forget(); // as if another process did it
        assertThat(Openings.of(rig::run)).isZero();
        assertThat(results(rig)).isEqualTo(before);
    }

    @Test
    void a_pretraining_opens_it_once_and_has_freed_it_when_it_trains() throws Exception {
        StepRig rig = new StepRig(folder.resolve("store"), MANIFEST, Map.of());
        PlannedStep pretraining = rig.plan.steps().getFirst();

        assertThat(Openings.of(() -> rig.runOnly(pretraining))).isEqualTo(1);

        assertThat(Openings.of(() -> Tokenizer.of(
                                Files.readString(
                                        rig.store.model(pretraining.key()).resolve("tokenizer.json")),
                                16)
                        .close()))
                .isEqualTo(1);
    }

    private static List<String> results(StepRig rig) {
        return rig.plan.steps().stream()
                .map(step -> rig.result(step.key()).scores().toString())
                .toList();
    }

    private static void remove(StepRig rig, PlannedStep step) throws Exception {
        try (Stream<Path> files =
                Files.walk(rig.store.root().resolve("steps").resolve(step.key().toString()))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
