package dev.isogloss.trainer.data;

import static dev.isogloss.api.data.DataFormat.*;
import static dev.isogloss.api.task.TaskType.*;
import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Refusals of rows that hold a long value with an escape sequence: they quote its beginning, harmlessly.
class QuotedRowsTest {
    private static final String LONG = "long".repeat(10_000);
    private static final String VALUE = "\u001b[2J" + LONG;
    private static final String IN_JSON = "\\u001b[2J" + LONG;

    @TempDir
    Path folder;

    static Stream<Arguments> rows() {
        return Stream.of(
                arguments(TabSeparated, SequenceClassification, "text\tX\tlabels\na\tb\tc\n"),
                arguments(TabSeparated, SequencePairClassification, "text\tX\tlabel\na\tb\tc\n"),
                arguments(PawsX, SequencePairClassification, "sentence1\tX\tlabel\na\tb\t1\n"),
                arguments(PawsX, SequencePairClassification, "sentence1\tsentence2\tclass\tX\na\tb\t1\tc\n"),
                arguments(
                        Xnli,
                        SequencePairClassification,
                        "language\tgold_label\tsentence1\tsentence2\nX\tneutral\ta\tb\n"),
                arguments(Marc, SequenceClassification, "index,text,rating,X\n1,a,5,b\n"),
                arguments(Marc, SequenceClassification, "1,good,X\n"),
                arguments(Marc, SequenceClassification, "{\"review_body\": \"a\", \"stars\": \"J\"}\n"),
                arguments(Marc, SequenceClassification, "{\"review_body\": \"a\", \"language\": \"J\"}\n"),
                arguments(Marc, SequenceClassification, "{\"review_body\": \"a\", \"rating\": 5, \"J\": 1}\n"),
                arguments(WikiAnn, NamedEntityRecognition, "a\tX\n"),
                arguments(WikiAnn, NamedEntityRecognition, "a\tO\nX\t\n"),
                arguments(WikiAnn, NamedEntityRecognition, "a\tO\nb\tO\nX\n"),
                arguments(WikiAnn, NamedEntityRecognition, "a\tO\nb\tO\nX\tX\tO\n"),
                arguments(WikiAnn, NamedEntityRecognition, "0\ta\tO\n\n0\ta\tO\n\n0\ta\tO\nX\tb\tO\n"),
                arguments(WikiAnn, NamedEntityRecognition, "en:a\tO\nen:b\tO\nX\tO\n"),
                arguments(Conll, PartOfSpeechTagging, "a\tX Y\n"),
                arguments(ConllU, PartOfSpeechTagging, "X\ta\t_\tX\t_\t_\t0\troot\t_\t_\n"),
                arguments(ConllU, DependencyParsing, "1\ta\t_\tX\t_\t_\tX\troot\t_\t_\n"),
                arguments(ConllU, DependencyParsing, "1\tX\t_\t_\t_\t_\t0\troot\t_\t_\n"),
                arguments(JsonLines, NamedEntityRecognition, "{\"text\": [\"a\"], \"label\": [\"J\"]}\n"),
                arguments(JsonLines, SequenceClassification, "{\"J\": 1}\n"),
                arguments(JsonLines, SequenceClassification, "{\"text\": \"a\", \"J\": 1, \"J\": 2}\n"),
                arguments(
                        JsonLines,
                        SequenceClassification,
                        "{\"text\": \"a\", \"language\": \"en\"}\n{\"text\": \"a\", \"language\": \"J\"}\n"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_refusal_quotes_the_beginning_of_what_a_row_holds(DataFormat format, TaskType task, String content) {
        Path file = file(folder, "a.txt", content.replace("X", VALUE).replace("J", IN_JSON));

        assertThatThrownBy(() -> read(file, format, task))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("\\u001b[2Jlonglong")
                .message()
                .doesNotContain("\u001b")
                .hasSizeLessThan(700);
    }

    @Test
    void so_does_one_of_labels() {
        Path alike = file(folder, "a.tsv", "a\tX\nb\tX\u200b\n".replace("X", VALUE));

        assertThatThrownBy(() -> LabelSet.of(null, read(alike, TabSeparated, SequenceClassification)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("labels that look alike are two: \"\\u001b[2Jlonglong")
                .message()
                .doesNotContain("\u001b")
                .hasSizeLessThan(1000);
    }

    @Test
    void so_does_one_of_translations() {
        file(folder, "en.jsonl", "{\"J\": 1}\n".replace("J", IN_JSON));
        Location pairs = new Location(null, "c", "{language}.jsonl", null);

        assertThatThrownBy(() -> TranslationReader.read(
                        pairs, List.of("en"), false, ClaimFolders.withLinks(Map.of("c", folder))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("\\u001b[2Jlonglong")
                .message()
                .doesNotContain("\u001b")
                .hasSizeLessThan(700);
    }
}
