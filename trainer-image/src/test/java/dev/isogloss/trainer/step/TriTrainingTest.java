package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.AugmentStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.report.RoundRow;
import dev.isogloss.report.Rounds;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.augment.AugmentedCopies;
import dev.isogloss.trainer.augment.AugmentedCopy;
import dev.isogloss.trainer.figure.Figure;
import dev.isogloss.trainer.figure.Figure.Histogram;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.pseudolabel.PseudoLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.report.AcrossExperiments;
import dev.isogloss.trainer.report.BaselineComparison;
import dev.isogloss.trainer.report.PredictedTexts;
import dev.isogloss.trainer.report.ReportFigure;
import dev.isogloss.trainer.report.ReportFigures;
import dev.isogloss.trainer.report.ReportSection;
import dev.isogloss.trainer.report.ReportedExperiment;
import dev.isogloss.trainer.task.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of real steps on invented data: three models that teach each other.
class TriTrainingTest {
    private static final String MODELS = """
            - name: a
              encoder: &tiny
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 16, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 250}
                  pretrain: {maxUpdates: 5, batchSize: 8, maxLength: 32}
              fineTune: &warmUp {epochs: 1, batchSize: 8, learningRate: 1e-3, confidencePenalty: 1}
            - {name: b, encoder: *tiny, fineTune: *warmUp, seed: 10}
            - {name: c, encoder: *tiny, fineTune: *warmUp, seed: 20}
            """;

    @TempDir
    Path folder;

    private StepRig rig(String store, String task, String rate) {
        return run(task, "rounds: 2", rate).rig(folder.resolve(store));
    }

    private static RunFixture run(String task, String rounds, String rate) {
        String strategy =
                "{triTraining: {%s, adapt: {batchSize: 8, gradientAccumulation: 1, learningRate: %s, evaluateEvery: 4}}}"
                        .formatted(rounds, rate);
        return new RunFixture(task, 40, MODELS, "qen", strategy, "evaluate: {ensemble: true}");
    }

    private static Map<StepKey, PlannedStep> byKey(StepRig rig) {
        return rig.plan.steps().stream().collect(Collectors.toMap(PlannedStep::key, Function.identity()));
    }

    private static List<PlannedStep> steps(StepRig rig, Class<?> kind) {
        return rig.plan.steps().stream()
                .filter(step -> kind.isInstance(step.spec()))
                .toList();
    }

    @Test
    void a_report_draws_the_rounds_by_the_main_metric_each_figure_under_a_name_of_its_own() throws Exception {
        StepRig rig = rig("store", "NamedEntityRecognition", "1e-3");
        rig.run();

        List<ReportFigure> figures = ReportFigures.of(reported("run", rig));

        assertThat(figures.stream().map(ReportFigure::name))
                .doesNotHaveDuplicates()
                .contains("run-test-of-qen-by-round");
        Lines rounds = (Lines) figures.stream()
                .filter(figure -> figure.name().equals("run-test-of-qen-by-round"))
                .findFirst()
                .orElseThrow()
                .figure();
        assertThat(rounds.yLabel()).isEqualTo("SpanF1, per cent");
        assertThat(rounds.lines()).hasSize(4).allSatisfy(line -> assertThat(line.points())
                .hasSize(3));
    }

    @Test
    void rounds_of_runs_are_lines_of_one_picture_each_the_mean_of_three_models() throws Exception {
        StepRig rig = rig("store", "NamedEntityRecognition", "1e-3");
        rig.run();
        List<ReportSection> sections = Stream.of("one", "two")
                .map(name -> ReportSection.of(reported(name, rig), new BaselineComparison.None()))
                .toList();

        Lines together = (Lines)
                AcrossExperiments.of(sections, null, 0).figures().getFirst().figure();

        Lines alone = (Lines) sections.getFirst().figures().getFirst().figure();
        assertThat(together.lines().stream().map(Figure.Line::name)).containsExactly("one", "two");
        for (int round = 0; round < 3; round++) {
            int at = round;
            double mean = alone.lines().stream()
                    .filter(line -> !line.name().equals("ensemble"))
                    .mapToDouble(line -> line.points().get(at).y())
                    .average()
                    .orElseThrow();
            assertThat(together.lines().getFirst().points().get(round).y()).isCloseTo(mean, within(1e-9));
        }
    }

    /// The pool has 40 sentences, of which the most confident 80 % are trusted in the first round.
    @Test
    void a_report_shows_the_losses_of_the_first_pseudo_labels_and_the_lengths_of_those_that_are_trusted()
            throws Exception {
        StepRig rig = rig("store", "NamedEntityRecognition", "1e-3");
        rig.run();

        Map<String, Figure> figures = ReportFigures.of(reported("run", rig)).stream()
                .collect(Collectors.toMap(ReportFigure::name, ReportFigure::figure));

        Histogram lengths = (Histogram) figures.get("run-lengths-of-sentences-with-pseudo-labels-qen");
        double[] all = lengths.samples().getFirst().values();
        double[] trusted = lengths.samples().getLast().values();
        assertThat(trusted).hasSize((int) Math.floor(0.8 * all.length + 1e-9));
        Histogram losses = (Histogram) figures.get("run-losses-of-pseudo-labels-qen");
        assertThat(losses.samples().stream()
                        .mapToInt(sample -> sample.values().length)
                        .sum())
                .isEqualTo(all.length);
        assertThat(figures).containsKey("run-losses-by-length-of-pseudo-labels-qen");
    }

    private static ReportedExperiment reported(String name, StepRig rig) {
        return ReportedExperiment.of(name + ".yaml", name, JsonNodeFactory.instance.objectNode(), rig.plan, rig.store);
    }

    @Test
    void a_model_learns_the_labels_that_two_others_agree_on() throws Exception {
        StepRig rig = rig("store", "NamedEntityRecognition", "1e-3");
        rig.run();

        Map<StepKey, PlannedStep> byKey = byKey(rig);
        for (PlannedStep step : steps(rig, AgreeStep.class)) {
            AgreeStep agree = (AgreeStep) step.spec();
            StepResult result = rig.result(step.key());
            List<Map<String, Prediction>> peers = agree.predictions().stream()
                    .map(key -> predictions(
                            rig,
                            (PredictPoolStep)
                                    Objects.requireNonNull(byKey.get(key)).spec(),
                            key))
                    .toList();
            List<PseudoLabel> labels = PseudoLabels.read(rig.store.selected(step.key()));
            assertThat(labels).hasSize((int) result.facts().get(Fact.Agreed).orElseThrow());
            for (PseudoLabel label : labels)
                for (Map<String, Prediction> peer : peers)
                    assertThat(Objects.requireNonNull(peer.get(label.id())).predicted())
                            .isEqualTo(label.labels());
            double kept = Math.floor(peers.getFirst().size() * Objects.requireNonNull(agree.fraction()) + 1e-9);
            assertThat(result.facts().details(Fact.Distilled))
                    .containsEntry("1", kept)
                    .containsEntry("2", kept);
        }
        List<RoundRow> rows = Rounds.of(rig.plan, results(rig)).rows();
        assertThat(rows).hasSize(12).allMatch(row -> row.headline() != null);
        assertThat(rows.stream().filter(row -> row.round() > 0 && !row.model().startsWith("ensemble")))
                .allMatch(row -> Objects.requireNonNull(row.accepted()).endsWith("/2"))
                .allMatch(row -> row.labels().labelled() != null && row.labels().confident() != null);
    }

    private static Map<StepKey, StepResult> results(StepRig rig) {
        Map<StepKey, StepResult> results = new HashMap<>();
        rig.plan.steps().forEach(step -> results.put(step.key(), rig.result(step.key())));
        return results;
    }

    private static Map<String, Prediction> predictions(StepRig rig, PredictPoolStep spec, StepKey key) {
        try {
            return Predictions.read(rig.store.predictions(key), spec.languages().getFirst(), spec.split()).stream()
                    .collect(Collectors.toMap(Prediction::id, Function.identity()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void texts_and_copies_whose_label_was_handed_on_are_told_from_the_others() throws Exception {
        StepRig rig = rig("store", "NamedEntityRecognition", "1e-3");
        rig.run();
        List<String> lines = new ArrayList<>();

        new PredictedTexts(rig.plan, rig.store, "train").texts(lines::add);

        long texts = 0;
        long handedOn = 0;
        for (PlannedStep step : steps(rig, PredictPoolStep.class)) {
            Set<String> taught = new HashSet<>();
            for (PlannedStep agreement : steps(rig, AgreeStep.class))
                if (((AgreeStep) agreement.spec()).predictions().contains(step.key()))
                    for (PseudoLabel label : PseudoLabels.read(rig.store.selected(agreement.key())))
                        taught.add(label.id());
            texts +=
                    Math.round(rig.result(step.key()).facts().get(Fact.Labelled).orElseThrow());
            handedOn += taught.size();
        }
        assertThat(lines).hasSize((int) texts).anyMatch(line -> line.contains(",copies,qen,train,"));
        assertThat(lines.stream().filter(line -> line.endsWith(",1\n"))).hasSize((int) handedOn);
        assertThat(handedOn).isBetween(1L, texts - 1);
    }

    @Test
    void copies_stand_as_lines_that_a_person_can_read_and_are_labelled_like_a_pool() throws Exception {
        StepRig rig = rig("store", "NamedEntityRecognition", "1e-3");
        rig.run();

        PlannedStep augment = steps(rig, AugmentStep.class).getFirst();
        Path folder = rig.store.augmented(augment.key());
        List<String> lines = Files.readAllLines(folder.resolve(AugmentedCopies.COPIES));
        AugmentedCopies.Manifest manifest = AugmentedCopies.manifest(folder);
        assertThat(lines).hasSize((int) manifest.count());
        assertThat(rig.result(augment.key()).copies()).isEqualTo(manifest.sha256());
        assertThat(lines.getFirst())
                .startsWith("{\"language\":\"qen\",\"id\":\"train-")
                .contains("\"words\":[");
        for (String line : lines) {
            AugmentedCopy copy = Json.PLAIN.readValue(line, AugmentedCopy.class);
            assertThat(copy.id()).startsWith(copy.of() + "#");
            assertThat(copy.masked()).isNotEmpty().doesNotHaveDuplicates();
        }
        assertThat(steps(rig, PredictPoolStep.class).stream()
                        .filter(step -> ((PredictPoolStep) step.spec()).copies() != null))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(rig.result(step.key()).facts().get(Fact.Labelled))
                        .hasValue(manifest.count()));
    }

    @Test
    void a_round_without_gold_learns_from_the_labels_of_others_alone() throws Exception {
        StepRig rig = rig("store", "NamedEntityRecognition", "1e-3");
        rig.run();

        for (PlannedStep step : steps(rig, TrainStep.class)) {
            TrainStep train = (TrainStep) step.spec();
            if (train.pseudoLabels() == null) continue;
            StepResult result = rig.result(step.key());
            double labels = result.facts().get(Fact.PseudoLabels).orElseThrow();
            double sequences = result.facts().get(Fact.Sequences).orElse(0);
            // long sentences are read in several windows, so there are a few more sequences than sentences
            if (train.pseudoLabels().only()) assertThat(sequences).isBetween(labels, labels + 20);
            else assertThat(sequences).isBetween(labels + 40, labels + 60);
        }
    }

    @Test
    void where_models_agree_on_nothing_a_round_without_gold_keeps_the_model() throws Exception {
        StepRig rig = run("NamedEntityRecognition", "rounds: 2, distillation: {fraction: [0, 0]}", "1e-3")
                .rig(folder.resolve("store"));
        rig.run();

        for (PlannedStep step : steps(rig, TrainStep.class)) {
            TrainStep train = (TrainStep) step.spec();
            if (train.pseudoLabels() == null || !train.pseudoLabels().only()) continue;
            assertThat(rig.result(step.key()).facts().get(Fact.Updates)).hasValue(0);
            assertThat(Sha256.of(rig.store.model(step.key()).resolve("model.safetensors")))
                    .isEqualTo(Sha256.of(rig.store
                            .model(((EncoderOrigin.FromStep) train.encoder()).by())
                            .resolve("model.safetensors")));
        }
        assertThat(rig.notes).contains("nobody handed on a label: the model before is kept");
    }

    @Test
    void a_model_that_gains_nothing_keeps_its_bytes_and_its_labels() throws Exception {
        StepRig rig = rig("store", "SequenceClassification", "1e-9");
        rig.run();

        for (PlannedStep step : steps(rig, TrainStep.class)) {
            TrainStep train = (TrainStep) step.spec();
            if (train.pseudoLabels() == null) continue;
            assertThat(rig.result(step.key()).facts().get(Fact.Accepted)).hasValue(0);
            StepKey before = ((EncoderOrigin.FromStep) train.encoder()).by();
            assertThat(Sha256.of(rig.store.model(step.key()).resolve("model.safetensors")))
                    .isEqualTo(Sha256.of(rig.store.model(before).resolve("model.safetensors")));
        }
        assertThat(Rounds.of(rig.plan, results(rig)).rows().stream()
                        .map(RoundRow::accepted)
                        .filter(Objects::nonNull))
                .containsOnly("0/2");
        assertThat(rig.notes).anyMatch(note -> note.startsWith("the training gained nothing"));
    }

    @Test
    void pairs_are_copied_side_by_side_and_learnt_from() throws Exception {
        for (String language : List.of("qal", "qen")) {
            StringBuilder lines = new StringBuilder();
            for (int i = 1; i <= 24; i++)
                lines.append(
                        "{\"id\": \"p%d\", \"text\": \"one two %d\", \"text2\": \"three four %d\", \"label\": \"%s\"}%n"
                                .formatted(i, i % 5, i % 7, i % 2 == 0 ? "yes" : "no"));
            Files.createDirectories(folder.resolve("data/" + language));
            for (String split : List.of("train", "dev", "test"))
                Files.writeString(folder.resolve("data/%s/%s.jsonl".formatted(language, split)), lines);
        }
        StepRig rig = run("SequencePairClassification", "rounds: 2", "1e-3")
                .onFiles("")
                .rig(folder.resolve("store"), Map.of("data", folder.resolve("data")));
        rig.run();

        Path folder =
                rig.store.augmented(steps(rig, AugmentStep.class).getFirst().key());
        assertThat(Files.readAllLines(folder.resolve(AugmentedCopies.COPIES)))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"second\":\"") && line.contains("\"maskedSecond\":["));
    }

    @Test
    void an_encoder_without_a_head_for_words_is_told_what_is_needed() throws Exception {
        StepRig rig = rig("store", "NamedEntityRecognition", "1e-3");
        PlannedStep augment = steps(rig, AugmentStep.class).getFirst();
        AugmentStep spec = (AugmentStep) augment.spec();
        PlannedStep warmUp = steps(rig, TrainStep.class).getFirst();
        for (PlannedStep step : rig.plan.steps())
            if (!rig.store.isDone(step.key())
                    && (step.equals(warmUp) || warmUp.inputs().contains(step.key()))) rig.runOnly(step);
        AugmentStep byTagger = new AugmentStep(
                1,
                new EncoderOrigin.FromStep(warmUp.key()),
                spec.task(),
                spec.data(),
                spec.language(),
                spec.split(),
                spec.settings(),
                spec.maxLength(),
                spec.precision());

        assertThatThrownBy(() -> rig.runOnly(new PlannedStep(augment.key(), byTagger, "copies", "augment", null)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has no masked-language-model head");
    }

    @Test
    void killed_and_stopped_anywhere_a_run_ends_in_the_same_bytes() throws Exception {
        StepRig whole = rig("whole", "NamedEntityRecognition", "1e-3");
        whole.run();
        StepRig broken = rig("broken", "NamedEntityRecognition", "1e-3");

        InterruptedRun.finish(broken, 6);

        assertThat(InterruptedRun.bytes(broken)).isEqualTo(InterruptedRun.bytes(whole));
    }
}
