package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Robust trainings on invented data, from manifest to weights.
class RobustTrainingTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: &sizes {trainExamples: 40, testExamples: 10, texts: 40, pairs: 30}}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
              dictionary: {name: words, location: {claim: words, path: words.json}}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 16, heads: 2, layers: 2}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 3, batchSize: 8, maxLength: 32}
              source: qal
              targets: [qen]
              seeds: [3]
              stages:
                - STAGE
            """;
    private static final String TRAINING = "epochs: 1, batchSize: 8, learningRate: 1e-3, selection: {keep: Last}";

    /// What gave which weights, over all rows of a test.
    private static final Map<String, String> RESULTS = new ConcurrentHashMap<>();

    /// Where pretraining is done once for all that are trained whole.
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private int stores;

    /// Every word of the training texts has two of them as neighbours.
    @BeforeEach
    void aDictionary() throws IOException {
        TreeSet<String> words = new TreeSet<>();
        laboratoryTexts().forEach(text -> words.addAll(List.of(text.split(" "))));
        List<String> all = List.copyOf(words);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++)
            lines.add("\"%s\": [\"%s\", \"%s\"]"
                    .formatted(all.get(i), all.get((i + 1) % all.size()), all.get((i + 2) % all.size())));
        dictionary("{" + String.join(",\n", lines) + "}");
    }

    private List<String> laboratoryTexts() {
        var spec = (TrainStep) training(laboratory("fineTune: {}")).spec();
        return ToyLanguages.of(Objects.requireNonNull(spec.data().generated()))
                .split(spec.task().type(), "qal", "train")
                .examples()
                .stream()
                .map(example -> ((TextExample) example).text())
                .toList();
    }

    private void dictionary(String json) throws IOException {
        Files.writeString(folder.resolve("words.json"), json);
    }

    private StepRig laboratory(String stage) {
        return new StepRig(
                folder.resolve("store" + stores++), MANIFEST.replace("STAGE", stage), Map.of("words", folder));
    }

    private static PlannedStep training(StepRig lab) {
        return lab.plan.steps().stream()
                .filter(step -> step.spec() instanceof TrainStep)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static String stage(String method, String settings) {
        return "%s: {fineTune: {%s}%s%s}".formatted(method, TRAINING, settings.isEmpty() ? "" : ", ", settings);
    }

    private String trained(String stage) throws Exception {
        StepRig lab = new StepRig(shared, MANIFEST.replace("STAGE", stage), Map.of("words", folder));
        lab.run();
        return Sha256.of(lab.store.folder(training(lab).key()).model().resolve("model.safetensors"));
    }

    private String plain() throws Exception {
        // the defaults of a robust training, written out
        return trained(
                "fineTune: {%s, optimiser: {weightDecay: 0, warmupFraction: 0, clipNorm: 1}}".formatted(TRAINING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ear|layer: 2",
                "ear|layer: 1",
                "ear|layer: 2, reduction: Sum",
                "ear|layer: 2, preset: AuthorsCode",
                "ear|layer: 2, cells: Padded",
                "ear|layer: 2, copies: 2",
                "ear|layer: 2, dictionaryScale: 0.5",
                "ear|layer: 2, dictionaryScale: 0.5, dictionarySeed: 2",
                "ear|layer: 2, pushWeight: 3",
                "ear|layer: 2, pullWeight: 3",
                "ear|layer: 2, push: Noise",
                "ear|layer: 2, push: Noise, noise: 0.5",
                "ear|layer: 2, push: Nothing",
                "ear|layer: 2, pull: Sentence",
                "ear|pull: Nothing",
                "ear|pull: Nothing, push: Nothing",
                "randomizedSmoothing|",
                "randomizedSmoothing|noise: 0.5",
                "randomizedSmoothing|distribution: Ball",
                "randomizedSmoothing|perturb: Synonyms",
                "randomizedSmoothing|perturb: Synonyms, copies: 1",
                "randomizedSmoothing|perturb: Synonyms, dictionaryScale: 0.5",
                "adversarialTraining|",
                "adversarialTraining|radius: 0.5",
                "adversarialTraining|steps: 3",
                "adversarialTraining|stepSize: 0.05",
                "adversarialTraining|clean: true",
                "adversarialTraining|perturb: WordTable, steps: 1",
                "adversarialTraining|perturb: WordTable, steps: 1, radius: 1",
                "adversarialTraining|perturb: WordTable, steps: 1, clean: true",
            })
    void a_setting_moves_the_result(String method, String settings) throws Exception {
        String own = settings == null ? "" : settings;
        String result = trained(stage(method, own));

        assertThat(result).isNotEqualTo(plain());
        RESULTS.merge(result, method + " " + own, (a, b) -> {
            throw new AssertionError(a + " and " + b + " give the same weights");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ear|copies: 0, push: Nothing, pull: Nothing",
                "ear|copies: 0, pushWeight: 0, pullWeight: 0",
                "randomizedSmoothing|noise: 0",
                "randomizedSmoothing|noise: 0, distribution: Ball",
                "randomizedSmoothing|perturb: Synonyms, copies: 1, dictionaryScale: 0",
                "adversarialTraining|radius: 0",
                "adversarialTraining|radius: 0, perturb: WordTable, steps: 1",
            })
    void where_nothing_is_changed_it_is_plain_fine_tuning_bit_for_bit(String method, String settings) throws Exception {
        assertThat(trained(stage(method, settings))).isEqualTo(plain());
    }

    @Test
    void without_push_and_pull_their_settings_change_nothing() throws Exception {
        assertThat(trained(stage("ear", "pushWeight: 0, pullWeight: 0, layer: 2, reduction: Sum, noise: 3")))
                .isEqualTo(trained(stage("ear", "push: Nothing, pull: Nothing")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ear: {fineTune: {%s}, layer: 2, copies: 1}",
                "ear: {fineTune: {%s}, layer: 2, copies: 1, push: Noise, pull: Sentence}",
                "randomizedSmoothing: {fineTune: {%s}}",
                "randomizedSmoothing: {fineTune: {%s}, perturb: Synonyms, copies: 1}",
                "adversarialTraining: {fineTune: {%s}}",
                "adversarialTraining: {fineTune: {%s}, perturb: WordTable, steps: 1, clean: true}",
            })
    void killed_and_stopped_at_every_update_it_ends_in_the_same_bytes(String stage) throws Exception {
        String trained = stage.formatted(TRAINING + ", gradientAccumulation: 2");
        StepRig whole = laboratory(trained);
        whole.run();
        StepRig broken = laboratory(trained);

        InterruptedRun.finish(broken, 2);

        assertThat(InterruptedRun.bytes(broken)).isEqualTo(InterruptedRun.bytes(whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SequenceClassification", "NamedEntityRecognition"})
    void every_text_and_word_has_as_many_copies_as_asked_for(String task) throws Exception {
        double once = sequences(task, "fineTune: {%s}".formatted(TRAINING));

        assertThat(sequences(task, stage("ear", "layer: 2, copies: 2"))).isEqualTo(2 * once);
        assertThat(sequences(task, stage("randomizedSmoothing", "perturb: Synonyms, copies: 3")))
                .isEqualTo(3 * once);
        assertThat(sequences(task, stage("adversarialTraining", ""))).isEqualTo(once);
    }

    private double sequences(String task, String stage) throws Exception {
        StepRig lab = new StepRig(
                folder.resolve("store" + stores++),
                MANIFEST.replace("SequenceClassification", task).replace("STAGE", stage),
                Map.of("words", folder));
        lab.run();
        return lab.result(training(lab).key()).facts().get(Fact.Sequences).orElseThrow();
    }

    @Test
    void the_share_of_words_that_can_be_replaced_is_a_fact_and_told_where_it_is_small() throws Exception {
        StepRig lab = laboratory(stage("ear", "layer: 2"));
        lab.run();
        StepResult result = lab.result(training(lab).key());
        assertThat(result.facts().get(Fact.Replaceable)).hasValue(1);
        assertThat(lab.notes).noneMatch(note -> note.contains("neighbours"));

        dictionary("{\"nothing\": [\"else\"]}");
        StepRig little = laboratory(stage("randomizedSmoothing", "perturb: Synonyms"));
        little.run();
        assertThat(little.notes)
                .anyMatch(note -> note.startsWith("Of the words that are learnt from, 0.0 % have neighbours"));
    }

    @Test
    void a_layer_that_the_encoder_does_not_have_is_told_with_those_that_it_has() {
        StepRig lab = laboratory(stage("ear", "layer: 6"));

        assertThatThrownBy(lab::run)
                .isInstanceOf(InvalidInput.class)
                .hasMessage("spec.stages: ear.layer is 6, and the encoder has 2 layers. Write one of them, or pull:"
                        + " Nothing.");
    }

    @Test
    void an_update_shows_how_far_texts_and_copies_are_apart() throws Exception {
        StepRig lab = laboratory(stage("ear", "layer: 2"));
        lab.run();

        String curve = Files.readAllLines(
                        lab.store.folder(training(lab).key()).path().resolve("curve.jsonl"))
                .stream()
                .collect(Collectors.joining("\n"));
        assertThat(curve).contains("\"push\":-", "\"pull\":", "\"distance\":");
    }
}
