package dev.isogloss.trainer.data;

import static dev.isogloss.api.data.DataFormat.*;
import static dev.isogloss.api.task.TaskType.*;
import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
    @TempDir
    Path folder;

    private Split labelled(String name, String content) {
        return read(file(folder, name, content), TabSeparated, SequenceClassification);
    }

    @Test
    void labels_stand_in_order_numbers_by_value_and_o_last() {
        Split numbers = labelled("a.tsv", "x\t10\ny\t9\nz\t1\n");
        Split tags = read(file(folder, "b.tsv", "x\tO\ny\tI-PER\nz\tB-LOC\n"), WikiAnn, NamedEntityRecognition);

        assertThat(LabelSet.of(null, numbers).labels()).containsExactly("1", "9", "10");
        assertThat(LabelSet.of(null, tags).labels()).containsExactly("B-LOC", "B-PER", "O");
    }

    @Test
    void declared_labels_keep_their_order() {
        assertThat(LabelSet.of(List.of("b", "a", "c"), labelled("a.tsv", "x\ta\ny\tb\n"))
                        .labels())
                .containsExactly("b", "a", "c");
    }

    @Test
    void an_unknown_label_is_named_with_its_line_and_the_nearest() {
        LabelSet labels = LabelSet.of(null, labelled("train.tsv", "x\tgames\ny\ttext\n"));
        Split dev = labelled("dev.tsv", "x\tgames\ny\tgame\n");

        assertThatThrownBy(() -> labels.require(dev))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("dev.tsv, line 2 has the label \"game\", which is none of the task's labels")
                .hasMessageContaining("did you mean \"games\"?");
    }

    @Test
    void a_training_example_without_a_label_is_refused() {
        Split train = read(file(folder, "a.jsonl", "{\"text\": \"x\"}\n"), JsonLines, SequenceClassification);

        assertThatThrownBy(() -> LabelSet.of(null, train))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 has no label");
    }

    @Test
    void a_class_for_nearly_every_text_is_taken_for_swapped_columns() {
        Split swapped = labelled("a.tsv", rows(300, i -> "good\ta text of its own, number " + i));

        assertThatThrownBy(() -> LabelSet.of(null, swapped))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a.tsv has 300 classes in 300 examples: are the columns swapped")
                .hasMessageContaining("number 0, ")
                .hasMessageContaining(" more].")
                .hasMessageContaining("name them all under task.labels");
        assertThat(LabelSet.of(null, labelled("b.tsv", rows(300, i -> "some text\tintent " + i % 150)))
                        .size())
                .isEqualTo(150);
    }

    @Test
    void a_message_about_a_label_shows_a_few_of_many_and_the_beginning_of_a_long_one() {
        LabelSet labels =
                new LabelSet(IntStream.range(0, 3000).mapToObj(i -> "l" + i).toList());
        Split dev = labelled("dev.tsv", "x\t\u001b[2J" + "long ".repeat(100_000) + "\n");

        assertThatThrownBy(() -> labels.require(dev))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has the label \"\\u001b[2Jlong long")
                .hasMessageContaining("[l0, l1, ")
                .hasMessageContaining(" and 2,980 more].")
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(600);
    }

    private static String rows(int count, IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n"));
    }

    @Test
    void languages_without_some_label_are_told() {
        LabelSet labels = new LabelSet(List.of("a", "b", "c"));

        assertThat(labels.differences(List.of(labelled("x.tsv", "x\ta\ny\tb\nz\tc\n"), labelled("y.tsv", "x\tb\n"))))
                .containsExactly("dev of en has no example of a, c (the task has 3 labels).");
    }

    @Test
    void overlap_counts_examples_and_texts() {
        Split train = labelled("a.tsv", "x\ta\ny\tb\n");
        Split test = labelled("b.tsv", "x\ta\nx\tb\nz\tb\n");

        assertThat(TrainTestOverlap.between(train, test)).isEqualTo(new TrainTestOverlap(2, 1, 3));
        assertThat(TrainTestOverlap.between(train, test).sentence("train en", test))
                .isEqualTo("2 of 3 examples of dev en (1 different text) occur word for word in train en");
    }
}
