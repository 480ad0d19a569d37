package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `selection.keep: Better` in a second stage.
class KeepBetterTest {
    private static final String GAINS_NOTHING = "{maxUpdates: 3, learningRate: 1e-12, selection: {keep: Better}}";
    private static final String GAINS = "{epochs: 4, batchSize: 8, learningRate: 1e-2, evaluateEvery: 5,"
            + " selection: {keep: Better, metric: Accuracy}}";

    @TempDir
    Path folder;

    @Test
    void a_model_that_is_not_better_gives_way_to_the_one_it_went_on_from() throws Exception {
        StepRig rig =
                rig("{fineTune: {maxUpdates: 4, batchSize: 8, learningRate: 1e-3}}, {fineTune: " + GAINS_NOTHING + "}");
        rig.run();
        StepKey before = step(rig, "fineTune qal seed 1").key();
        StepKey after = step(rig, "fineTune-2 qal seed 1").key();
        Map<String, Double> facts =
                rig.store.result(after).orElseThrow().facts().byName();

        assertThat(facts)
                .containsEntry("accepted", 0.0)
                .containsEntry("keptUpdate", 0.0)
                .containsEntry("updates", 3.0);
        assertThat(facts.get("selectionScore")).isEqualTo(facts.get("bar"));
        assertThat(bytes(rig.store.model(after))).isEqualTo(bytes(rig.store.model(before)));
        assertThat(Files.readAllLines(rig.store.folder(after).curve()).getFirst())
                .startsWith("{\"update\":0,\"score\"");
    }

    @Test
    void measurements_of_a_rejected_model_are_linked_or_else_computed_to_the_same_bytes() throws Exception {
        StepRig rig =
                rig("{fineTune: {maxUpdates: 4, batchSize: 8, learningRate: 1e-3}}, {fineTune: " + GAINS_NOTHING + "}");
        rig.run();
        PlannedStep before = step(rig, "evaluate fineTune seed 1");
        PlannedStep after = step(rig, "evaluate fineTune-2 seed 1");
        PlannedStep poolBefore = pool(before);
        PlannedStep poolAfter = pool(after);
        rig.runOnly(poolBefore);
        rig.runOnly(poolAfter);

        for (PlannedStep[] pair : new PlannedStep[][] {{before, after}, {poolBefore, poolAfter}}) {
            var scores = rig.store.result(pair[1].key()).orElseThrow().scores();
            assertThat(scores)
                    .isEqualTo(rig.store.result(pair[0].key()).orElseThrow().scores());
            assertThat(bytes(rig.store.predictions(pair[1].key())))
                    .isEqualTo(bytes(rig.store.predictions(pair[0].key())));
        }
        assertThat(rig.notes)
                .filteredOn(note -> note.contains("the predictions of the model before stand for its own"))
                .hasSize(2);

        Map<String, ByteBuffer> linked = bytes(rig.store.predictions(after.key()));
        for (PlannedStep step : List.of(before, after))
            delete(rig.store.folder(step.key()).path());
        rig.runOnly(after);
        assertThat(bytes(rig.store.predictions(after.key()))).isEqualTo(linked);
    }

    @Test
    void a_better_model_is_kept_with_its_score_above_the_bar() throws Exception {
        StepRig rig =
                rig("{fineTune: {maxUpdates: 1, batchSize: 8, learningRate: 1e-9, optimiser: {warmupFraction: 0}}},"
                        + " {fineTune: " + GAINS + "}");
        rig.run();
        Map<String, Double> facts = rig.store
                .result(step(rig, "fineTune-2 qal seed 1").key())
                .orElseThrow()
                .facts()
                .byName();

        assertThat(facts).containsEntry("accepted", 1.0);
        assertThat(facts.get("selectionScore")).isGreaterThan(facts.get("bar"));
        assertThat(facts.get("keptUpdate")).isPositive();
    }

    @Test
    void a_training_with_a_new_head_has_nothing_to_be_better_than() {
        StepRig rig = rig("{fineTune: " + GAINS + "}");

        assertThatThrownBy(rig::run)
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "selection.keep Better compares with the model that this training goes on from, and it starts"
                                + " with a new head. Use Best.");
    }

    private StepRig rig(String stages) {
        return new StepRig(folder, """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: better}
            spec:
              task: {type: NamedEntityRecognition}
              data: {name: toy, location: {generated: &sizes {trainExamples: 40, testExamples: 20, texts: 40, pairs: 20}}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 3, batchSize: 8, maxLength: 32}
              source: qal
              targets: [qen]
              stages: [STAGES]
            """.replace("STAGES", stages), Map.of());
    }

    private static PlannedStep step(StepRig rig, String title) {
        return rig.plan.steps().stream()
                .filter(step -> step.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        rig.plan.steps().stream().map(PlannedStep::title).toList()));
    }

    /// A labelling of the target's training texts by the model that a step of the plan evaluates.
    private static PlannedStep pool(PlannedStep evaluation) {
        EvaluateStep evaluate = (EvaluateStep) evaluation.spec();
        StepSpec spec = new PredictPoolStep(
                1,
                evaluate.model(),
                evaluate.task(),
                evaluate.data(),
                List.of("qen"),
                "train",
                evaluate.maxLength(),
                evaluate.precision(),
                null);
        return new PlannedStep(StepKeys.of(spec), spec, "pool", "predict the pool", 1L);
    }

    private static Map<String, ByteBuffer> bytes(Path folder) throws IOException {
        Map<String, ByteBuffer> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.toList())
                files.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return files;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            entries.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
