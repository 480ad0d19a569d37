package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.report.Rounds;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.figure.Figure;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.pseudolabel.PseudoLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.pseudolabel.SelectionManifest;
import dev.isogloss.trainer.report.AcrossExperiments;
import dev.isogloss.trainer.report.BaselineComparison;
import dev.isogloss.trainer.report.ReportSection;
import dev.isogloss.trainer.report.ReportedExperiment;
import dev.isogloss.trainer.step.inputs.DuplicateIds;
import dev.isogloss.trainer.task.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of real steps on invented data: two encoders of different families with different tokenizers.
class CoTrainingTest {
    private static final String MODELS = """
            - name: lm
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 7, batchSize: 8, maxLength: 32}
              fineTune: {epochs: 2, batchSize: 16, learningRate: 1e-3, optimiser: {warmupFraction: 0.1}}
            - name: emb
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {family: Roberta, preset: Tiny, hidden: 16, heads: 2, layers: 1}
                  tokenizer: {type: Unigram, vocabularySize: 250}
                  pretrain: {maxUpdates: 7, batchSize: 8, maxLength: 32}
              fineTune: {epochs: 2, batchSize: 16, learningRate: 1e-3, optimiser: {warmupFraction: 0.1}}
            """;

    @TempDir
    Path folder;

    private StepRig laboratory(String store, String strategy) {
        return laboratory(store, strategy, "SequenceClassification");
    }

    private StepRig laboratory(String store, String strategy, String task) {
        return run(task, 90, MODELS, strategy).rig(folder.resolve(store));
    }

    private static RunFixture run(String task, int examples, String models, String strategy) {
        return new RunFixture(task, examples, models, "qen, qir", strategy, "");
    }

    private static StepResult trained(StepRig laboratory, String model, int round) {
        return laboratory.result(laboratory.step(TrainStep.class, model, round));
    }

    private static StepKey chosen(StepRig laboratory, String model) {
        StepKey first = laboratory.step(TrainStep.class, model, 1);
        return laboratory.plan.steps().stream()
                .filter(step -> step.spec() instanceof ChooseBestRoundStep choose
                        && choose.models().contains(first))
                .findFirst()
                .orElseThrow()
                .key();
    }

    private static Path selected(StepRig laboratory, String model, int round) {
        return laboratory.store.selected(laboratory.step(SelectPseudoLabelsStep.class, model, round));
    }

    private static List<PseudoLabel> labels(StepRig laboratory, String model, int round) throws IOException {
        return PseudoLabels.read(selected(laboratory, model, round));
    }

    @Test
    void in_a_picture_of_several_runs_models_of_different_encoders_are_lines_of_their_own() throws Exception {
        StepRig rig = laboratory("store", "{coTraining: {rounds: 2, confidence: 0.1}}");
        rig.run();
        List<ReportSection> sections = Stream.of("one", "two")
                .map(name -> ReportedExperiment.of(
                        name + ".yaml", name, JsonNodeFactory.instance.objectNode(), rig.plan, rig.store))
                .map(each -> ReportSection.of(each, new BaselineComparison.None()))
                .toList();

        Lines together = (Lines)
                AcrossExperiments.of(sections, null, 0).figures().getFirst().figure();

        assertThat(together.lines().stream().map(Figure.Line::name))
                .containsExactly("one lm", "one emb", "two lm", "two emb");
        assertThat(together.lines()).allMatch(line -> line.points().size() == 2);
    }

    @Test
    void a_pool_that_is_a_sample_of_a_file_is_labelled_and_counted_as_the_sample() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 80; i++)
            lines.append("{\"id\": \"x%d\", \"text\": \"text %d\", \"label\": \"%s\"}%n"
                    .formatted(i, i, i % 4 == 0 ? "a" : "b"));
        for (String language : List.of("qal", "qen", "qir")) {
            Files.createDirectories(folder.resolve("data/" + language));
            for (String split : List.of("train", "dev", "test"))
                Files.writeString(folder.resolve("data/%s/%s.jsonl".formatted(language, split)), lines);
        }
        String strategy = "{coTraining: {rounds: 2, confidence: 0.2, poolSplit: pool}}";
        StepRig lab = run("SequenceClassification", 90, MODELS, strategy)
                .onFiles("{train: {file: train, partition: {of: 4, part: 1}}, "
                        + "pool: {file: train, prior: {shares: {a: 0.5, b: 0.5}}}}")
                .rig(folder.resolve("store"), Map.of("data", folder.resolve("data")));
        lab.run();

        assertThat(lab.result(lab.step(SelectPseudoLabelsStep.class, "lm", 1))
                        .facts()
                        .byName())
                .containsEntry("gold", 20.0)
                .containsEntry("pool", 80.0);
    }

    @Test
    void models_hand_each_other_labels_that_a_person_can_read() throws Exception {
        StepRig lab = laboratory("store", "{coTraining: {rounds: 3, confidence: 0.2}}");
        lab.run();

        List<PseudoLabel> first = labels(lab, "lm", 1);
        List<PseudoLabel> second = labels(lab, "lm", 2);
        Set<Object> names = new HashSet<>(first.stream().map(PseudoLabel::name).toList());
        assertThat(first).hasSize(30).allMatch(label -> label.confidence() > 0.2 && label.text() != null);
        assertThat(second).isNotEmpty().noneMatch(label -> names.contains(label.name()));
        assertThat(Files.readAllLines(selected(lab, "lm", 1).resolve(PseudoLabels.LABELS))
                        .getFirst())
                .startsWith("{\"language\":\"qen\",\"id\":\"train-")
                .contains("\"labels\":[\"", "\"confidence\":0.", "\"gold\":[\"", "\"text\":\"");

        SelectionManifest manifest = PseudoLabels.manifest(selected(lab, "lm", 2));
        // a third of the 90 gold labels, whatever was taught before
        assertThat(second).hasSize((int) Math.min(30, manifest.confident()));
        for (int round = 1; round <= 2; round++)
            assertThat(lab.result(lab.step(SelectPseudoLabelsStep.class, "lm", round))
                            .facts()
                            .get(Fact.Gold))
                    .hasValue(90);
        assertThat(manifest.pool()).isEqualTo(180 - 30);
        assertThat(manifest.classes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(manifest.count());
        assertThat(manifest.known()).isEqualTo(manifest.count());

        assertThat(trained(lab, "emb", 2).facts().get(Fact.PseudoLabels)).hasValue(30.0);
        assertThat(trained(lab, "emb", 3).facts().get(Fact.PseudoLabels)).hasValue(30.0 + second.size());
        assertThat(trained(lab, "emb", 3).facts().get(Fact.Sequences)).hasValue(90.0 + 30 + second.size());
        assertThat(trained(lab, "emb", 2).provenance().data().values())
                .contains(PseudoLabels.manifest(selected(lab, "lm", 1)).sha256());
    }

    @Test
    void words_are_labelled_one_by_one_and_handed_on_as_sentences() throws Exception {
        StepRig lab = laboratory("store", "{selfTraining: {rounds: 2, confidence: 0}}", "NamedEntityRecognition");
        lab.run();

        assertThat(labels(lab, "lm", 1)).hasSize(30).allSatisfy(label -> assertThat(label.words())
                .hasSameSizeAs(label.labels()));
        assertThat(trained(lab, "lm", 2).facts().get(Fact.PseudoLabels)).hasValue(30.0);
    }

    @Test
    void killed_and_stopped_anywhere_a_run_ends_in_the_same_bytes() throws Exception {
        StepRig whole = laboratory("whole", "{coTraining: {rounds: 2, confidence: 0.2}}");
        whole.run();
        StepRig broken = laboratory("broken", "{coTraining: {rounds: 2, confidence: 0.2}}");

        InterruptedRun.finish(broken, 4);

        assertThat(InterruptedRun.bytes(broken)).isEqualTo(InterruptedRun.bytes(whole));
    }

    @Test
    void labels_that_were_touched_are_not_learnt_from() throws Exception {
        StepRig lab = laboratory("store", "{coTraining: {rounds: 2, confidence: 0.2}}");
        Path touched = selected(lab, "lm", 1).resolve(PseudoLabels.LABELS);

        assertThatThrownBy(() -> {
                    while (true) {
                        lab.run(StopSignal.NEVER, () -> {
                            if (!Files.exists(touched)) return;
                            spoil(touched);
                        });
                        if (InterruptedRun.isDone(lab)) return;
                    }
                })
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has changed since it was selected")
                .hasMessageContaining("Remove the folder");
    }

    private static void spoil(Path file) {
        try {
            Files.writeString(file, "\n", java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rounds_without_gain_keep_their_models_and_hand_nothing_on() throws Exception {
        // a learning rate of nearly nothing: the score on dev cannot rise
        String still =
                MODELS.replace("epochs: 2, batchSize: 16, learningRate: 1e-3", "maxUpdates: 1, learningRate: 1e-12");
        String strategy = "{coTraining: {rounds: 4, confidence: 0, patience: 1, keep: Best}}";
        StepRig lab = run("SequenceClassification", 90, still, strategy).rig(folder.resolve("store"));
        lab.run();

        assertThat(trained(lab, "lm", 3).keptModel()).isTrue();
        assertThat(trained(lab, "lm", 3).facts().get(Fact.Updates)).hasValue(0);
        assertThat(trained(lab, "lm", 2).keptModel()).isFalse();
        assertThat(labels(lab, "lm", 3)).isEmpty();
        assertThat(weights(lab, lab.step(TrainStep.class, "lm", 4)))
                .isEqualTo(weights(lab, lab.step(TrainStep.class, "lm", 2)));
        assertThat(lab.result(chosen(lab, "lm")).facts().get(Fact.Round)).hasValue(1);
        assertThat(lab.result(chosen(lab, "lm")).scores())
                .isEqualTo(lab.result(lab.step(EvaluateStep.class, "lm", 1)).scores());
        assertThat(weights(lab, chosen(lab, "lm"))).isEqualTo(weights(lab, lab.step(TrainStep.class, "lm", 1)));
    }

    private static String weights(StepRig lab, StepKey key) throws IOException {
        return Sha256.of(lab.store.folder(key).model().resolve("model.safetensors"));
    }

    @Test
    void the_rounds_of_the_store_say_what_happened() throws Exception {
        StepRig lab = laboratory("store", "{coTraining: {rounds: 2, confidence: 0.2}}");
        lab.run();
        Map<StepKey, StepResult> results = new HashMap<>();
        for (PlannedStep step : lab.plan.steps())
            results.put(step.key(), lab.store.result(step.key()).orElseThrow());

        Rounds rounds = Rounds.of(lab.plan, results);

        assertThat(rounds.rows()).extracting(row -> row.labels().labelled()).containsExactly(180.0, 180.0, null, null);
        assertThat(rounds.rows().getFirst().labels().selected()).isEqualTo(30.0);
        assertThat(rounds.rows().getFirst().labels().noise()).isBetween(0.0, 1.0);
        assertThat(rounds.rows().getFirst().labels().digest())
                .isEqualTo(PseudoLabels.manifest(selected(lab, "lm", 1)).sha256());
        assertThat(rounds.rows()).allMatch(row -> row.headline() != null && row.selectionScore() != null);
        assertThat(rounds.rows().getFirst().labels().agreement())
                .isCloseTo(agreement(labelled(lab, "lm"), labelled(lab, "emb")), within(0.02))
                .isEqualTo(rounds.rows().get(1).labels().agreement());
        assertThat(rounds.rows().getLast().labels().agreement()).isNull();
    }

    /// The labels that a model gave the pool in the first round.
    private static Path labelled(StepRig lab, String model) {
        return lab.store.predictions(lab.step(PredictPoolStep.class, model, 1));
    }

    private static double agreement(Path one, Path other) throws IOException {
        int same = 0;
        int all = 0;
        for (String language : List.of("qen", "qir")) {
            List<Prediction> a = Predictions.read(one, language, "train");
            List<Prediction> b = Predictions.read(other, language, "train");
            for (int i = 0; i < a.size(); i++, all++)
                if (a.get(i).predicted().equals(b.get(i).predicted())) same++;
        }
        return (double) same / all;
    }

    @Test
    void a_labelling_that_is_killed_goes_on_with_the_piece_that_it_was_at() throws Exception {
        StepRig whole = large("whole");
        whole.run();
        StepRig broken = large("broken");
        Path last =
                broken.store.folder(broken.step(PredictPoolStep.class, "lm", 1)).checkpoint();

        for (int kill = 1; kill <= 2; kill++)
            assertThat(catchThrowable(() -> broken.run(StopSignal.NEVER, () -> {
                        if (Files.exists(last)) throw new InterruptedRun.PowerCut();
                    })))
                    .isInstanceOf(InterruptedRun.PowerCut.class);
        broken.run();

        // two languages of a piece of 2,048 and one of 452: each kill came after one
        assertThat(broken.notes).contains("2,500 of 5,000 examples had been labelled before");
        assertThat(InterruptedRun.bytes(broken)).isEqualTo(InterruptedRun.bytes(whole));
        assertThat(last).doesNotExist();
    }

    /// A pool of several pieces.
    private StepRig large(String store) {
        String brief = MODELS.replace("epochs: 2, batchSize: 16", "maxUpdates: 2, batchSize: 8");
        return run("SequenceClassification", 2500, brief, "{coTraining: {rounds: 2}}")
                .rig(folder.resolve(store));
    }

    @Test
    void two_examples_of_one_name_are_refused_before_anything_is_labelled() {
        DuplicateIds names = new DuplicateIds();
        for (String name : List.of("a", "b", "c", "b", "d")) names.add(name);

        assertThat(names.firstTwice()).isEqualTo(3);
        assertThat(new DuplicateIds().firstTwice()).isEqualTo(-1);
    }
}
