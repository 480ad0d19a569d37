package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TasksTest {
    private static final LabelSet TAGS = new LabelSet(List.of("B-LOC", "I-LOC", "O"));
    private static Tokenizer tokenizer;

    @BeforeAll
    static void train() {
        List<String> texts = IntStream.range(0, 200)
                .mapToObj(i -> "rivers run from mountains to seas and cities stand on rivers " + i)
                .toList();
        tokenizer = Tokenizer.of(WordPieceTrainer.train(texts, 120, false, _ -> {}), 16);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @Test
    void a_text_is_one_item_that_is_read_at_its_first_token() {
        Split split = split(new TextExample("x", "rivers run", null, "b"), new TextExample("y", "seas", null, null));

        List<Item> items =
                task(TaskType.SequenceClassification).items(split, new LabelSet(List.of("a", "b")), tokenizer, 16);

        assertThat(items).hasSize(2);
        assertThat(items.get(0).positions()).containsExactly(0);
        assertThat(items.get(0).targets()).containsExactly(1);
        assertThat(items.get(1).targets()).containsExactly(Item.UNLABELLED);
        assertThat(items.get(0).ids())
                .containsExactly(tokenizer.encode("rivers run").ids());
    }

    @Test
    void a_pair_is_read_side_by_side() {
        Split split = split(new TextExample("x", "rivers", "seas", "1"));

        Item item = task(TaskType.SequencePairClassification)
                .items(split, new LabelSet(List.of("0", "1")), tokenizer, 16)
                .getFirst();

        assertThat(item.ids())
                .containsExactly(tokenizer.encode("rivers", "seas").ids());
        assertThat(item.types()).contains(1);
    }

    @Test
    void a_sentence_longer_than_the_encoder_is_tagged_whole_and_in_order() {
        List<String> words = IntStream.range(0, 40)
                .mapToObj(i -> List.of("rivers", "mountains", "Zürich", "  ").get(i % 4))
                .toList();
        List<String> tags =
                IntStream.range(0, 40).mapToObj(i -> TAGS.labels().get(i % 3)).toList();
        Split split = split(new TaggedExample("s", words, tags));
        Task task = task(TaskType.NamedEntityRecognition);

        List<Item> items = task.items(split, TAGS, tokenizer, 16);
        List<float[][]> oracle = items.stream().map(TasksTest::certain).toList();
        List<Prediction> predictions = task.predictions(split, items, oracle, TAGS);

        assertThat(items).hasSizeGreaterThan(3).allMatch(item -> item.length() <= 16);
        assertThat(predictions).hasSize(1);
        assertThat(predictions.getFirst().predicted()).isEqualTo(tags);
        assertThat(task.scores(split, predictions, TAGS))
                .containsEntry(Metric.SpanF1, 1.0)
                .containsEntry(Metric.Accuracy, 1.0);
        Report report = task.report(split, predictions, TAGS);
        assertThat(report.classes().get("LOC").support()).isEqualTo(14);
        assertThat(report.classes().get("LOC").f1()).isEqualTo(1);
        assertThat(report.confusion())
                .containsExactly(List.of(14L, 0L, 0L), List.of(0L, 13L, 0L), List.of(0L, 0L, 13L));
    }

    @Test
    void a_tag_is_read_at_the_first_piece_of_its_word() {
        List<String> words = List.of("rivers", "seasrivers", "run");
        List<int[]> pieces = tokenizer.pieces(words);
        Split split = split(new TaggedExample("s", words, List.of("O", "B-LOC", "O")));

        Item item = task(TaskType.NamedEntityRecognition)
                .items(split, TAGS, tokenizer, 16)
                .getFirst();

        int[] ids = pieces.stream().flatMapToInt(Arrays::stream).toArray();
        assertThat(item.ids())
                .containsExactly(tokenizer.wrap(ids, new int[ids.length]).ids());
        assertThat(pieces.get(1)).hasSizeGreaterThan(1);
        assertThat(item.positions())
                .containsExactly(1, 1 + pieces.get(0).length, 1 + pieces.get(0).length + pieces.get(1).length);
        assertThat(item.targets()).containsExactly(2, 0, 2);
    }

    @Test
    void a_word_longer_than_the_encoder_is_cut() {
        List<String> words = List.of("rivers".repeat(9));
        int[] pieces = tokenizer.pieces(words).getFirst();
        Split split = split(new TaggedExample("s", words, null));

        Item item = task(TaskType.NamedEntityRecognition)
                .items(split, TAGS, tokenizer, 8)
                .getFirst();

        assertThat(pieces).hasSizeGreaterThan(6);
        assertThat(item.ids())
                .containsExactly(
                        tokenizer.wrap(Arrays.copyOf(pieces, 6), new int[6]).ids());
        assertThat(item.targets()).containsExactly(Item.UNLABELLED);
    }

    @Test
    void a_label_the_task_does_not_know_is_refused_with_its_line() {
        Split split = split(new TextExample("x", "rivers", null, "sport"));

        assertThatThrownBy(() -> task(TaskType.SequenceClassification)
                        .items(split, new LabelSet(List.of("sports", "water")), tokenizer, 16))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("sports");
    }

    @Test
    void a_split_without_gold_labels_cannot_be_scored() {
        Split split = split(new TextExample("x", "rivers", null, null));
        LabelSet labels = new LabelSet(List.of("a", "b"));
        Task task = task(TaskType.SequenceClassification);
        List<Prediction> predictions = task.predictions(
                split,
                task.items(split, labels, tokenizer, 16),
                List.<float[][]>of(new float[][] {{0.2f, 0.8f}}),
                labels);

        assertThat(predictions.getFirst().predicted()).containsExactly("b");
        assertThat(predictions.getFirst().confidence()).isEqualTo(0.8f);
        assertThatThrownBy(() -> task.scores(split, predictions, labels))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("cannot be scored");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DependencyParsing")
    void a_task_has_the_scores_that_its_type_names_in_that_order(TaskType type) {
        Split split = split(
                type.labelsWords()
                        ? new TaggedExample("x", List.of("rivers"), List.of("O"))
                        : new TextExample("x", "rivers", type.readsPairs() ? "seas" : null, "O"));
        List<Prediction> predictions =
                List.of(new Prediction("x", List.of("O"), List.of("O"), new float[][] {{1, 0, 0}}));

        assertThat(task(type).scores(split, predictions, TAGS).keySet()).containsExactlyElementsOf(type.metrics());
    }

    private static Task task(TaskType type) {
        return Task.of(new TaskSpec(type, null, null, false));
    }

    private static float[][] certain(Item item) {
        float[][] probabilities = new float[item.positions().length][TAGS.size()];
        for (int i = 0; i < probabilities.length; i++) probabilities[i][item.targets()[i]] = 1;
        return probabilities;
    }

    private static Split split(Example... examples) {
        List<Integer> lines = new ArrayList<>(Collections.nCopies(examples.length, 1));
        return new Split(
                "en",
                "test",
                Arrays.asList(examples),
                lines,
                new SourceFile("en/test.jsonl", Path.of("en/test.jsonl"), "0".repeat(64), 0),
                List.of());
    }
}
