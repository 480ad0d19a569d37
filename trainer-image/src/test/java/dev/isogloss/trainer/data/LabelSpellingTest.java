package dev.isogloss.trainer.data;

import static dev.isogloss.api.data.DataFormat.*;
import static dev.isogloss.api.task.TaskType.*;
import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.task.TaskType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One rule for the labels of all formats: two that look alike are never two classes.
class LabelSpellingTest {
    @TempDir
    Path folder;

    static Stream<Arguments> spaced() {
        return Stream.of(
                arguments(TabSeparated, SequenceClassification, "a\tx \nb\t\u00a0x\nc\tx\n"),
                arguments(JsonLines, SequenceClassification, """
                        {"text": "a", "label": "x "}
                        {"text": "b", "label": "\u00a0x"}
                        {"text": "c", "label": "x"}
                        """),
                arguments(Xnli, SequencePairClassification, "a\ta\tx \nb\tb\t\u3000x\nc\tc\tx\n"),
                arguments(WikiAnn, PartOfSpeechTagging, "a\tx \nb\t\u00a0x\nc\tx\n"),
                arguments(
                        JsonLines,
                        PartOfSpeechTagging,
                        "{\"text\": [\"a\", \"b\"], \"label\": [\"x \", \"\u2003x\"]}\n"),
                arguments(ConllU, PartOfSpeechTagging, """
                        1\ta\t_\tx \t_\t_\t_\t_\t_\t_
                        2\tb\t_\t\u00a0x\t_\t_\t_\t_\t_\t_
                        """));
    }

    @ParameterizedTest
    @MethodSource("spaced")
    void white_space_around_a_label_is_no_part_of_it(DataFormat format, TaskType task, String content) {
        Split split = read(file(folder, "a.txt", content), format, task);

        assertThat(LabelSet.count(split)).containsOnlyKeys("x");
        assertThat(split.notes())
                .singleElement()
                .asString()
                .startsWith("2 × white space around a label, which is no part of it (first on line ");
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "-1, -1.00", "\u00e9t\u00e9, e\u0301te\u0301", "na, n\u200ba", "very good, very\u00a0good"})
    void labels_that_look_alike_are_not_two_classes(String one, String other) {
        Split train = labelled("train.jsonl", List.of(one, other, "y"));
        Split dev = labelled("dev.jsonl", List.of(other));
        LabelSet labels = new LabelSet(List.of(one, "y"));

        assertThatThrownBy(() -> LabelSet.of(null, train))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("train.jsonl, line 1")
                .hasMessageContaining("train.jsonl, line 2")
                .hasMessageContaining("labels that look alike are two: ");
        assertThatThrownBy(() -> labels.require(dev))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("dev.jsonl, line 1 has the label ")
                .hasMessageContaining("looks like the task's label ");
        assertThatThrownBy(() -> LabelSet.of(List.of(one, other), train))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("task.labels: ");
    }

    @ParameterizedTest
    @CsvSource({"1, 1.5", "01, 1", "3.1, 3.10", "good, Good", "\u0633\u0644\u0627\u0645, \u0633\u0644\u0645"})
    void labels_that_look_different_are_two_classes(String one, String other) {
        assertThat(LabelSet.of(null, labelled("a.jsonl", List.of(one, other))).labels())
                .containsExactlyInAnyOrder(one, other);
    }

    @Test
    void a_control_character_is_no_white_space() {
        Split split = read(file(folder, "a.tsv", "a\t\u001bx\n"), TabSeparated, SequenceClassification);

        assertThat(LabelSet.count(split)).containsOnlyKeys("\u001bx");
    }

    @Test
    void an_invisible_difference_is_shown_by_code_points() {
        assertThatThrownBy(() -> LabelSet.of(null, labelled("a.jsonl", List.of("na", "n\u200ba"))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("\"na\" and \"n\u200ba\" (U+006E U+200B U+0061)");
    }

    @Test
    void a_mark_of_disagreement_is_no_class_of_inference_unless_it_is_declared() {
        Split named = labelled("a.jsonl", List.of("entailment", "-", "neutral"));
        Split signs = labelled("b.jsonl", List.of("+", "-"));

        assertThatThrownBy(() -> LabelSet.of(null, named))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a.jsonl, line 2 has the label \"-\"")
                .hasMessageContaining("annotators did not agree");
        assertThat(LabelSet.of(List.of("entailment", "-", "neutral"), named).size())
                .isEqualTo(3);
        assertThat(LabelSet.of(null, signs).labels()).containsExactly("+", "-");
    }

    @Test
    void minus_one_is_no_class_of_numbered_pairs() {
        Path pairs = file(folder, "a.tsv", "a\tb\t0\na\tb\t1\na\tb\t2\na\tb\t-1\n");

        assertThatThrownBy(() -> LabelSet.of(null, read(pairs, TabSeparated, SequencePairClassification)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 4 has the label \"-1\"");
        assertThat(LabelSet.of(null, labelled("b.jsonl", List.of("-1", "0", "1", "2")))
                        .size())
                .isEqualTo(4);
    }

    @Test
    void as_many_labels_as_texts_are_none() {
        List<String> scores =
                IntStream.range(0, 300).mapToObj("0.%03d"::formatted).toList();
        Split split = labelled("a.jsonl", scores);

        assertThatThrownBy(() -> LabelSet.of(null, split))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a.jsonl has 300 classes in 300 examples: are the columns swapped")
                .message()
                .hasSizeLessThan(600);
        assertThatCode(() -> LabelSet.of(scores, split)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000"})
    void a_label_of_nothing_is_none(String label) {
        assertThat(labelled("a.jsonl", List.of(label)).examples())
                .containsExactly(new TextExample("1", "t0", null, null));
    }

    @Test
    void a_split_without_any_label_says_where_they_may_be() {
        Split split = read(
                file(folder, "a.jsonl", "{\"text\": \"a\", \"mood\": \"x\"}\n"), JsonLines, SequenceClassification);

        assertThatThrownBy(() -> LabelSet.of(null, split))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 has no label.")
                .hasMessageContaining("No example of the file has one")
                .hasMessageContaining("data.fields");
    }

    private Split labelled(String name, List<String> labels) {
        String content = IntStream.range(0, labels.size())
                .mapToObj(i -> "{\"text\": \"t" + i + "\", \"label\": \"" + labels.get(i) + "\"}\n")
                .collect(Collectors.joining());
        return read(file(folder, name, content), JsonLines, SequenceClassification);
    }
}
