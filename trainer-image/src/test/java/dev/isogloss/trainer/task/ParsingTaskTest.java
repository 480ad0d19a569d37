package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.Parser;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParsingTaskTest {
    private static final LabelSet LABELS = new LabelSet(List.of("det", "nsubj", "punct", "root"));
    private static final ParsedExample SENTENCE = new ParsedExample(
            "s",
            List.of("the", "rivers", "run", "."),
            List.of("DET", "NOUN", "VERB", "PUNCT"),
            List.of(2, 3, 0, 3),
            List.of("det", "nsubj:pass", "root", "punct"));
    private static final Task TASK = new ParsingTask(Parser.DEFAULT);
    private static final Task UNSCORED = new ParsingTask(new Parser(512, 128, 0.33, Parser.Root.Unscored));
    private static Tokenizer tokenizer;

    @BeforeAll
    static void train() {
        List<String> texts = IntStream.range(0, 200)
                .mapToObj(i -> "the rivers run from mountains to seas . " + i)
                .toList();
        tokenizer = Tokenizer.of(WordPieceTrainer.train(texts, 120, false, _ -> {}), 64);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private static Item item(Task task, ParsedExample sentence, int maxLength) {
        return task.items(split(sentence), LABELS, tokenizer, maxLength).getFirst();
    }

    @Test
    void a_word_s_target_is_its_head_and_its_relation_without_the_subtype() {
        Item item = item(TASK, SENTENCE, 64);

        assertThat(Arrays.stream(item.targets()).mapToObj(target -> Arc.of(target, 4)))
                .containsExactly(new Arc(2, 0), new Arc(3, 1), new Arc(0, 3), new Arc(3, 2));
        assertThat(item.positions()).containsExactly(new SplitWordsOf(SENTENCE.words()).starts());
    }

    /// Positions of first sub-words, counted by hand behind the first special token.
    private record SplitWordsOf(List<String> words) {
        int[] starts() {
            int[] starts = new int[words.size()];
            int at = 1;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = at;
                at += tokenizer.pieces(words).get(i).length;
            }
            return starts;
        }
    }

    @Test
    void of_a_sentence_that_is_too_long_the_last_words_are_not_read_and_teach_nothing() {
        int twoWords = tokenizer.specialsAround()
                + tokenizer.pieces(SENTENCE.words()).stream()
                        .limit(2)
                        .mapToInt(word -> word.length)
                        .sum();

        Item item = item(TASK, SENTENCE, twoWords);

        assertThat(item.length()).isEqualTo(twoWords);
        assertThat(item.positions()).hasSize(2);
        assertThat(item.targets())
                .as("the head of the second word was not read")
                .containsExactly(new Arc(2, 0).packed(4), Item.UNLABELLED);
        assertThat(TASK.unread(split(SENTENCE), List.of(item))).isEqualTo(2);
        assertThat(TASK.unread(split(SENTENCE), List.of(item(TASK, SENTENCE, 64))))
                .isZero();
    }

    @Test
    void a_root_that_is_not_scored_teaches_nothing() {
        assertThat(item(UNSCORED, SENTENCE, 64).targets()[2]).isEqualTo(Item.UNLABELLED);
        assertThat(item(UNSCORED, SENTENCE, 64).targets()[0]).isEqualTo(new Arc(2, 0).packed(4));
    }

    /// What a parser says that is sure of heads and relations.
    private static float[][] sure(int[] heads, int[] relations) {
        int n = heads.length;
        float[][] outputs = new float[n][3 * (n + 1)];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= n; j++) {
                outputs[i][j] = heads[i] == j ? -0.1f : -9;
                outputs[i][n + 1 + j] = -0.2f;
                outputs[i][2 * (n + 1) + j] = relations[i];
            }
        return outputs;
    }

    private static Prediction predicted(Task task, int maxLength, float[][] outputs) {
        return task.predictions(
                        split(SENTENCE), List.of(item(task, SENTENCE, maxLength)), List.<float[][]>of(outputs), LABELS)
                .getFirst();
    }

    @Test
    void a_prediction_names_heads_and_relations_and_what_counts() {
        Prediction prediction = predicted(TASK, 64, sure(new int[] {2, 3, 0, 1}, new int[] {0, 0, 3, 2}));

        assertThat(prediction.predicted()).containsExactly("2:det", "3:det", "0:root", "1:punct");
        assertThat(prediction.gold()).containsExactly("2:det", "3:nsubj", "0:root", "3:punct");
        assertThat(prediction.counted()).containsExactly(true, true, true, false);
        assertThat(prediction.probabilities()).isDeepEqualTo(new float[][] {{P}, {P}, {P}, {P}});
        assertThat(TASK.scores(split(SENTENCE), List.of(prediction), LABELS))
                .containsExactly(
                        java.util.Map.entry(Metric.LabelledAttachment, 2.0 / 3),
                        java.util.Map.entry(Metric.UnlabelledAttachment, 1.0));
    }

    @Test
    void punctuation_and_symbols_do_not_count_whatever_they_hang_on() {
        ParsedExample sum = new ParsedExample(
                "s",
                List.of("run", "+", "."),
                List.of("VERB", "SYM", "PUNCT"),
                List.of(0, 1, 1),
                List.of("root", "det", "punct"));
        Split split = split(sum);

        Prediction prediction = TASK.predictions(
                        split,
                        TASK.items(split, LABELS, tokenizer, 64),
                        List.<float[][]>of(sure(new int[] {0, 3, 1}, new int[] {3, 0, 0})),
                        LABELS)
                .getFirst();

        assertThat(prediction.counted()).containsExactly(true, false, false);
        assertThat(TASK.scores(split, List.of(prediction), LABELS)).containsEntry(Metric.LabelledAttachment, 1.0);
    }

    private static final float P = (float) Math.exp(-0.1f - (double) 0.2f);

    @Test
    void words_that_were_not_read_are_wrong() {
        int twoWords = tokenizer.specialsAround()
                + tokenizer.pieces(SENTENCE.words()).stream()
                        .limit(2)
                        .mapToInt(word -> word.length)
                        .sum();

        Prediction prediction = predicted(TASK, twoWords, sure(new int[] {2, 0}, new int[] {0, 3}));

        assertThat(prediction.predicted()).containsExactly("2:det", "0:root", "_", "_");
        assertThat(prediction.confidence()).isEqualTo(P / 2);
        assertThat(TASK.scores(split(SENTENCE), List.of(prediction), LABELS))
                .containsEntry(Metric.LabelledAttachment, 1.0 / 3);
        assertThat(TASK.report(split(SENTENCE), List.of(prediction), LABELS)
                        .classes()
                        .get("root")
                        .support())
                .isEqualTo(1);
    }

    @Test
    void where_roots_are_not_learnt_the_rest_of_the_tree_decides_which_word_is_it() {
        float[][] outputs = sure(new int[] {2, 3, 1, 3}, new int[] {0, 1, 3, 2});
        outputs[2][1] = -3;

        assertThat(predicted(UNSCORED, 64, outputs).predicted())
                .containsExactly("2:det", "3:nsubj", "0:root", "3:punct");
    }

    @Test
    void the_report_counts_a_relation_as_right_only_on_the_right_head() {
        Prediction prediction = predicted(TASK, 64, sure(new int[] {3, 3, 0, 3}, new int[] {0, 0, 3, 2}));

        Report report = TASK.report(split(SENTENCE), List.of(prediction), LABELS);

        assertThat(report.classes().get("det").support()).isEqualTo(1);
        assertThat(report.classes().get("det").recall()).isZero();
        assertThat(report.classes().get("det").precision()).isZero();
        assertThat(report.classes().get("root").f1()).isEqualTo(1);
        assertThat(report.classes().get("punct").support())
                .as("punctuation does not count")
                .isZero();
        assertThat(report.confusion().get(1)).as("nsubj was called det").containsExactly(1L, 0L, 0L, 0L);
        assertThat(report.confusion().get(0)).containsExactly(1L, 0L, 0L, 0L);
    }

    @Test
    void a_relation_that_the_task_does_not_have_is_refused_with_its_line() {
        ParsedExample strange =
                new ParsedExample("s", List.of("run"), List.of("VERB"), List.of(0), List.of("roof:pass"));

        assertThatThrownBy(() -> item(TASK, strange, 64))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("\"roof\"")
                .hasMessageContaining("root");
    }

    private static Split split(ParsedExample sentence) {
        return new Split(
                "en",
                "test",
                List.of(sentence),
                List.of(1),
                new SourceFile("en/test.conllu", Path.of("en/test.conllu"), "0".repeat(64), 0),
                List.of());
    }
}
