package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.SynonymCopies;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.trainer.augment.Synonyms;
import dev.isogloss.trainer.data.SynonymDictionary;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import dev.isogloss.trainer.files.InputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Maps of invented data, from manifest to points.
class ProjectStepTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: &sizes {trainExamples: 24, testExamples: 12, texts: 40, pairs: 30}}}
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
                - fineTune: {epochs: 1, batchSize: 8, learningRate: 1e-3, selection: {keep: Last}}
                - project: STAGE
            """;

    /// Where models are made once for all maps.
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    /// Every word of the source has the next one as its neighbour.
    @BeforeEach
    void aDictionary() throws IOException {
        List<String> words = source("train").stream()
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .distinct()
                .sorted()
                .toList();
        Files.writeString(
                folder.resolve("words.json"),
                words.stream()
                        .map(word ->
                                "\"%s\": [\"%s\"]".formatted(word, words.get((words.indexOf(word) + 1) % words.size())))
                        .collect(Collectors.joining(",\n", "{", "}")));
    }

    private StepRig laboratory(String stage) {
        return new StepRig(shared.resolve("store"), MANIFEST.replace("STAGE", stage), Map.of("words", folder));
    }

    private List<String> source(String split) {
        TrainStep train = (TrainStep) laboratory("{}").plan.steps().stream()
                .filter(step -> step.spec() instanceof TrainStep)
                .findFirst()
                .orElseThrow()
                .spec();
        return ToyLanguages.of(Objects.requireNonNull(train.data().generated()))
                .split(train.task().type(), "qal", split)
                .examples()
                .stream()
                .map(example -> ((TextExample) example).text())
                .toList();
    }

    private static PlannedStep map(StepRig lab) {
        return lab.plan.steps().stream()
                .filter(step -> step.spec() instanceof ProjectStep)
                .findFirst()
                .orElseThrow();
    }

    private static Path analysis(StepRig lab) {
        return lab.store.made(map(lab).key(), "analysis");
    }

    private static List<String[]> points(StepRig lab) throws IOException {
        return Files.readAllLines(analysis(lab).resolve("points.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static Map<String, Double> facts(StepRig lab) {
        return lab.result(map(lab).key()).facts().byName();
    }

    private static List<String> column(StepRig lab, int column, String stage, String group) throws IOException {
        return points(lab).stream()
                .filter(point -> point[0].equals(stage) && point[2].equals(group))
                .map(point -> point[column])
                .toList();
    }

    private StepRig mapped(String stage) throws Exception {
        StepRig lab = laboratory(stage);
        lab.run();
        return lab;
    }

    @Test
    void words_of_the_same_examples_are_shown_in_every_language_by_every_encoder() throws Exception {
        StepRig lab = mapped("{examples: [2, 5]}");

        for (String stage : List.of("encoder", "fineTune")) {
            assertThat(column(lab, 5, stage, "qal"))
                    .isEqualTo(List.of(1, 4).stream()
                            .flatMap(number ->
                                    Arrays.stream(source("test").get(number).split(" ")))
                            .toList());
            assertThat(column(lab, 3, stage, "qen")).contains("2", "5").doesNotContain("1", "3");
            assertThat(facts(lab)).containsKeys("points." + stage, "divergence." + stage, "mixing." + stage);
        }
        assertThat(column(lab, 7, "encoder", "qal")).isNotEqualTo(column(lab, 7, "fineTune", "qal"));
    }

    @Test
    void texts_are_shown_whole_with_their_labels_as_many_of_each_language() throws Exception {
        StepRig lab = mapped("{show: Texts, most: 20}");

        assertThat(column(lab, 5, "fineTune", "qal")).isEqualTo(source("test").subList(0, 10));
        assertThat(column(lab, 5, "fineTune", "qen")).hasSize(10);
        assertThat(column(lab, 6, "fineTune", "qal")).doesNotContain("");
        assertThat(column(lab, 4, "fineTune", "qal")).containsOnly("0");
    }

    @Test
    void synonyms_stand_beside_their_neighbours_each_word_once() throws Exception {
        StepRig lab = mapped("{show: Synonyms, split: train, most: 21}");

        List<String> words = column(lab, 5, "encoder", "word");
        List<String> neighbours = column(lab, 5, "encoder", "neighbour");
        assertThat(words).hasSize(10).doesNotHaveDuplicates().doesNotContainAnyElementsOf(neighbours);
        SynonymDictionary dictionary = dictionary();
        for (int i = 0; i < words.size(); i++)
            assertThat(Objects.requireNonNull(dictionary.neighbours().get(words.get(i))))
                    .containsExactly(neighbours.get(i));
        assertThat(column(lab, 4, "encoder", "word")).isEqualTo(column(lab, 4, "encoder", "neighbour"));
        assertThat(facts(lab)).containsKeys("pairDistance.encoder", "pairDistance.fineTune");
        assertThat(facts(lab)).doesNotContainKey("mixing.encoder");
    }

    private SynonymDictionary dictionary() {
        return SynonymDictionary.read(InputFolder.anywhere(folder).file("words.json"));
    }

    @Test
    void copies_are_those_that_a_training_of_the_seed_learns_from() throws Exception {
        StepRig lab = mapped("{show: Copies, split: train, examples: [3]}");

        String text = source("train").get(2);
        TextExample copy = (TextExample)
                Synonyms.of(dictionary(), SynonymCopies.USUAL, 3).copy(new TextExample("x", text, null, null), 0, 2);
        assertThat(column(lab, 5, "fineTune", "text")).containsExactly(text.split(" "));
        assertThat(column(lab, 5, "fineTune", "copy"))
                .containsExactly(copy.text().split(" "));
        assertThat(copy.text()).isNotEqualTo(text);
    }

    @Test
    void vectors_are_written_in_the_order_of_the_points() throws Exception {
        StepRig lab = mapped("{examples: [1], projection: PrincipalComponents}");
        List<String> vectors = Files.readAllLines(analysis(lab).resolve("vectors.csv"));

        assertThat(vectors.stream().map(line -> line.substring(0, line.lastIndexOf(','))))
                .startsWith("stage,target,group,example,number")
                .hasSize(points(lab).size() + 1);
        for (String line : vectors.subList(1, vectors.size()))
            assertThat(line.substring(line.lastIndexOf(',') + 1).split(" ")).hasSize(16);
        assertThat(facts(lab)).doesNotContainKey("divergence.encoder");
    }

    /// Of one encoder, in the order of the points.
    private static List<double[]> vectors(StepRig lab, String stage) throws IOException {
        return Files.readAllLines(analysis(lab).resolve("vectors.csv")).stream()
                .filter(line -> line.startsWith(stage + ","))
                .map(line -> Arrays.stream(
                                line.substring(line.lastIndexOf(',') + 1).split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    private static double distance(double[] a, double[] b) {
        double square = 0;
        for (int k = 0; k < a.length; k++) square += Math.pow(a[k] - b[k], 2);
        return Math.sqrt(square);
    }

    @Test
    void pairs_are_the_replaced_words_and_what_replaces_them() throws Exception {
        StepRig lab = mapped("{show: Copies, split: train, examples: [1, 2]}");
        List<String[]> points = points(lab).stream()
                .filter(point -> point[0].equals("fineTune"))
                .toList();
        List<double[]> vectors = vectors(lab, "fineTune");

        double all = 0;
        double paired = 0;
        int pairs = 0;
        int any = 0;
        for (int i = 0; i < points.size(); i++)
            for (int j = i + 1; j < points.size(); j++) {
                String[] a = points.get(i);
                String[] b = points.get(j);
                double distance = distance(vectors.get(i), vectors.get(j));
                all += distance;
                any++;
                boolean samePlace = a[3].equals(b[3]) && a[4].equals(b[4]);
                if (!samePlace || a[5].equals(b[5])) continue;
                paired += distance;
                pairs++;
            }
        assertThat(pairs).isPositive().isLessThan(points.size() / 2);
        assertThat(facts(lab).get("pairDistance.fineTune")).isCloseTo(paired / pairs / (all / any), within(1e-5));
    }

    @Test
    void languages_mix_where_the_nearest_neighbour_is_of_another() throws Exception {
        StepRig lab = mapped("{show: Texts}");
        List<String> groups = points(lab).stream()
                .filter(point -> point[0].equals("encoder"))
                .map(point -> point[2])
                .toList();
        List<double[]> vectors = vectors(lab, "encoder");

        long strangers = IntStream.range(0, groups.size())
                .filter(i -> !groups.get(IntStream.range(0, groups.size())
                                .filter(j -> j != i)
                                .boxed()
                                .min(Comparator.comparingDouble(j -> distance(vectors.get(i), vectors.get(j))))
                                .orElseThrow())
                        .equals(groups.get(i)))
                .count();
        assertThat(facts(lab).get("mixing.encoder")).isEqualTo((double) strangers / groups.size());
        assertThat(groups).hasSize(24);
    }

    @Test
    void a_layer_is_shown_that_is_asked_for_and_else_the_last() throws Exception {
        String last = Files.readString(analysis(mapped("{examples: [1]}")).resolve("vectors.csv"));

        assertThat(Files.readString(
                        analysis(mapped("{examples: [1], layer: 2}")).resolve("vectors.csv")))
                .isEqualTo(last);
        assertThat(Files.readString(
                        analysis(mapped("{examples: [1], layer: 1}")).resolve("vectors.csv")))
                .isNotEqualTo(last);
    }

    @Test
    void no_more_points_are_shown_than_asked_for() throws Exception {
        assertThat(facts(mapped("{examples: [1, 2, 3], most: 7}"))).containsEntry("points.encoder", 7.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{examples: [13]}|project.examples names 13, and generated/SequenceClassification/qal/test has 12 examples",
                "{perplexity: 900}|project.perplexity is 900.0, and there are",
                "{layer: 3}|project.layer is 3, and the encoder has 2 layers",
            })
    void what_cannot_be_shown_is_said(String stage, String sentence) {
        assertThatThrownBy(() -> mapped(stage)).isInstanceOf(InvalidInput.class).hasMessageContaining(sentence);
    }

    @Test
    void a_dictionary_of_another_language_is_said() throws Exception {
        Files.writeString(folder.resolve("words.json"), "{\"zebra\": [\"horse\"]}");
        StepRig other = new StepRig(
                folder.resolve("store"), MANIFEST.replace("STAGE", "{show: Synonyms}"), Map.of("words", folder));

        assertThatThrownBy(other::run)
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "spec.stages: project shows 0 points, and a map needs 4 at least. Hardly a word of split test"
                                + " of qal stands in the dictionary: is it one of this language?");
    }
}
