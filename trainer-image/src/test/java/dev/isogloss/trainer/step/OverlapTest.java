package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An evaluation looks for its texts in those that the model learnt from: in the split as the training had it cut, of
/// which the evaluation's own cuts say nothing.
class OverlapTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: overlap}
            spec:
              task: {type: SequenceClassification}
              data:
                name: files
                location: {claim: data, path: "{language}/{split}.jsonl"}
                languages: [{language: qal, splits: {train: TRAIN, test: {file: all, first: 11, last: 30}}}]
              corpus: {name: toy, languages: [qal, qen], location: {generated: {texts: 40, pairs: 20}}}
              source: qal
              targets: [qen]
              seeds: [3]
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 2}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 2, batchSize: 8, maxLength: 32, pairFraction: 0}
              stages:
                - fineTune: {maxUpdates: 2, batchSize: 8, selection: {keep: Last}}
                - iwda: {maxUpdates: 2, batchSize: 8, criticWidth: 16}
              evaluate: {splits: [test]}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void texts() throws Exception {
        write("qal/all.jsonl", 1, 40);
        write("qal/train.jsonl", 1, 40);
        write("qen/train.jsonl", 101, 120);
        write("qen/test.jsonl", 15, 24);
    }

    /// Texts 1 to 20 are learnt from, 11 to 30 and 15 to 24 are tests.
    @Test
    void texts_are_looked_for_in_the_part_of_a_file_that_was_trained_on() throws Exception {
        StepRig rig = ran("{file: all, last: 20}");

        assertThat(overlaps(rig, "evaluate fineTune seed 3"))
                .isEqualTo(Map.of("overlap.test.qal.train.qal", 10.0, "overlap.test.qen.train.qal", 6.0));
        assertThat(overlaps(rig, "evaluate iwda qen seed 3")).isEqualTo(overlaps(rig, "evaluate fineTune seed 3"));
        assertThat(rig.notes)
                .contains("10 of 20 examples of test qal (10 different texts) occur word for word in train qal.")
                .noneMatch(note -> note.contains("cannot be told"));
    }

    @Test
    void the_sample_that_was_trained_on_is_among_the_facts_of_the_training_alone() throws Exception {
        StepRig rig = ran("{file: all, last: 20, partition: {of: 2, part: 1}}");

        assertThat(facts(rig, "fineTune qal seed 3")).containsEntry("sample.train.qal", 10.0);
        assertThat(facts(rig, "evaluate fineTune seed 3"))
                .containsKey("overlap.test.qal.train.qal")
                .doesNotContainKey("sample.train.qal");
    }

    @Test
    void a_training_split_that_is_gone_costs_a_note_and_not_the_evaluation() throws Exception {
        StepRig rig = ran("{file: train, last: 20}");
        PlannedStep evaluation = step(rig, "evaluate fineTune seed 3");
        List<Score> before = rig.result(evaluation.key()).scores();
        Files.delete(folder.resolve("data/qal/train.jsonl"));
        rig.notes.clear();

        StepResult again = rig.runOnly(evaluation);

        assertThat(rig.notes)
                .singleElement()
                .asString()
                .startsWith("Whether texts were trained on cannot be told for train qal: There is no file ");
        assertThat(again.scores()).isEqualTo(before).isNotEmpty();
    }

    private StepRig ran(String train) throws Exception {
        StepRig rig = new StepRig(
                folder.resolve("store"), MANIFEST.replace("TRAIN", train), Map.of("data", folder.resolve("data")));
        rig.run();
        return rig;
    }

    private static Map<String, Double> overlaps(StepRig rig, String title) {
        return facts(rig, title).entrySet().stream()
                .filter(fact -> fact.getKey().startsWith("overlap."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Double> facts(StepRig rig, String title) {
        StepResult result = rig.result(step(rig, title).key());
        return result.facts().byName();
    }

    private static PlannedStep step(StepRig rig, String title) {
        return rig.plan.steps().stream()
                .filter(step -> step.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private void write(String name, int first, int last) throws Exception {
        Path file = folder.resolve("data").resolve(name);
        Files.createDirectories(file.getParent());
        List<String> lines = IntStream.rangeClosed(first, last)
                .mapToObj(i -> "{\"text\": \"number %d\", \"label\": \"%s\"}".formatted(i, i % 2 == 0 ? "a" : "b"))
                .toList();
        Files.write(file, lines);
    }
}
