package dev.isogloss.trainer.data;

import static dev.isogloss.api.data.DataFormat.*;
import static dev.isogloss.api.task.TaskType.*;
import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.files.InputFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that could be read as something that they are not.
class MisreadRowsTest {
    @TempDir
    Path folder;

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments(TabSeparated, SequenceClassification, "Text\tLabel\none\tgood\n"),
                arguments(TabSeparated, SequenceClassification, "Sentence\tStimmung\none\tgood\n"),
                arguments(TabSeparated, SequenceClassification, "Satz\tLABEL\none\tgood\n"),
                arguments(TabSeparated, SequenceClassification, "review\tsentiment\none\tgood\n"),
                arguments(TabSeparated, SequencePairClassification, "sentence1\tsentence2\tgold_label\na\tb\tx\n"),
                arguments(Xnli, SequencePairClassification, "Premise\tHypothesis\tLabel\na\tb\tneutral\n"),
                arguments(PawsX, SequencePairClassification, "id\tsentence_1\tsentence_2\tlabel\n1\ta\tb\t0\n"),
                arguments(WikiAnn, PartOfSpeechTagging, "FORM\tUPOS\nDogs\tNOUN\n"),
                arguments(TabSeparated, NamedEntityRecognition, "word\ttag\nAda\tB-PER\n"),
                arguments(Conll, PartOfSpeechTagging, "Token POS Tag\nDogs NOUN NN\n"),
                arguments(Conll, NamedEntityRecognition, "Sentence #\tWord\tPOS\tTag\n1\tAda\tNN\tB-PER\n"),
                arguments(Marc, SequenceClassification, "id,review,rating\n1,good,5\n"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void a_header_of_other_names_is_no_example(DataFormat format, TaskType task, String content) {
        assertThatThrownBy(() -> read(file(folder, "a.txt", content), format, task))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 ")
                .hasMessageContaining("header");
    }

    static Stream<Arguments> misnamedColumns() {
        return Stream.of(
                arguments(Xnli, SequencePairClassification, "premise\tother\tlabel\na\tb\tneutral\n", "hypo"),
                arguments(
                        Xnli, SequencePairClassification, "premise\thypothesis\tlabels\na\tb\tneutral\n", "\"labels\""),
                arguments(PawsX, SequencePairClassification, "sentence1\tsentenceB\tlabel\na\tb\t0\n", "sentence2"),
                arguments(PawsX, SequencePairClassification, "sentence1\tsentence2\tclass\na\tb\t0\n", "\"class\""),
                arguments(Marc, SequenceClassification, "index,text,rating\n1,good,5\n", "\"stars\""),
                arguments(Marc, SequenceClassification, "{\"review_body\": \"x\", \"star\": 3}\n", "\"star\""));
    }

    @ParameterizedTest
    @MethodSource("misnamedColumns")
    void a_column_of_a_published_set_is_not_lost_by_its_name(
            DataFormat format, TaskType task, String content, String named) {
        assertThatThrownBy(() -> read(file(folder, "a.txt", content), format, task))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 ")
                .hasMessageContaining(named);
    }

    static Stream<Arguments> ragged() {
        return Stream.of(
                arguments(TabSeparated, SequenceClassification, "text\tlabel\na\tx\nb\tc\ty\n", "line 3 has 3 columns"),
                arguments(TabSeparated, SequenceClassification, "a\tx\nb\tc\ty\n", "line 2 has 3 columns"),
                arguments(TabSeparated, SequenceClassification, "a\nb\ty\n", "line 2 has 2 columns"),
                arguments(
                        TabSeparated,
                        SequenceClassification,
                        "id\ttext\tlabel\tfrom\na\tx\ty\n",
                        "line 2 has 3 columns"),
                arguments(
                        Xnli, SequencePairClassification, "a\tb\tneutral\na\tb\tc\tneutral\n", "line 2 has 4 columns"),
                arguments(PawsX, SequencePairClassification, "a\tb\t1\n7\ta\tb\t1\n", "line 2 has 4 columns"),
                arguments(Marc, SequenceClassification, "index,text,stars\n1,good, really,5\n", "line 2 has 4 columns"),
                arguments(Conll, NamedEntityRecognition, "a X O\n\nOslo NNP\tB-LOC\nb X O\n", "line 3 has 2 columns"),
                arguments(WikiAnn, NamedEntityRecognition, "a\tO\nb\tO\nc\tX\tO\n", "line 3 has 3 columns"));
    }

    @ParameterizedTest
    @MethodSource("ragged")
    void a_row_of_another_width_shifts_no_column(DataFormat format, TaskType task, String content, String message) {
        assertThatThrownBy(() -> read(file(folder, "a.txt", content), format, task))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> missingTags() {
        return Stream.of(
                arguments(WikiAnn, PartOfSpeechTagging, "Dogs\tNOUN\nbark\t\n", "line 2 "),
                arguments(WikiAnn, PartOfSpeechTagging, "Dogs\tNOUN\nbark\t_\n", "line 2 "),
                arguments(Conll, PartOfSpeechTagging, "Dogs NOUN\nbark\n", "line 2 "),
                arguments(ConllU, PartOfSpeechTagging, CONLLU + "3\tnow\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 3 "),
                arguments(ConllU, PartOfSpeechTagging, CONLLU + "3\tnow\t_\t \t_\t_\t_\t_\t_\t_\n", "line 3 "),
                arguments(
                        JsonLines,
                        PartOfSpeechTagging,
                        "{\"text\": [\"Dogs\", \"bark\"], \"label\": [\"NOUN\", \"\"]}\n",
                        "line 1: word 2 "));
    }

    @ParameterizedTest
    @MethodSource("missingTags")
    void a_word_without_a_tag_has_no_class_of_its_own(DataFormat format, TaskType task, String content, String place) {
        assertThatThrownBy(() -> read(file(folder, "a.txt", content), format, task))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(place)
                .hasMessageFindingMatch("without a tag|has no (tag|universal part of speech)");
    }

    @Test
    void three_columns_without_a_header_are_no_text_and_label() {
        Path file = file(folder, "a.tsv", "red\tgreen\tcontradiction\n");

        assertThatThrownBy(() -> read(file, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(file + ", line 1 has 3 columns and no header; without one a table has two, text and label. "
                        + "Write the columns' numbers, counted from 1, under data.fields.");
    }

    @Test
    void a_label_that_is_called_text_does_not_make_a_header() {
        Path file = file(folder, "a.tsv", "lorem ipsum\ttext\nx = 1\tcode\ndolor\ttext\n");

        assertThatThrownBy(() -> read(file, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 3 has \"text\" in column 2, as the first line does");
    }

    @Test
    void a_header_that_comes_again_is_no_example() {
        Path file = file(folder, "a.tsv", "text\tlabel\na\tx\ntext\tlabel\nb\ty\n");

        assertThatThrownBy(() -> read(file, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 3 repeats the header");
    }

    @Test
    void columns_are_numbers_or_names_and_not_both() {
        Path file = file(folder, "a.tsv", "a\tb\tx\n");

        for (Fields fields : List.of(new Fields("1", "second", "3", null), new Fields("1", "2", "gold", null)))
            assertThatThrownBy(() -> DatasetReader.read(
                            dataset(TabSeparated, fields, Map.of()),
                            InputFile.anywhere(file),
                            "en",
                            "dev",
                            SequencePairClassification))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("Write numbers for all columns, or names for all");
    }

    private static final String CONLLU =
            "1\tDogs\t_\tNOUN\t_\t_\t2\tnsubj\t_\t_\n2\tbark\t_\tVERB\t_\t_\t0\troot\t_\t_\n";

    @Test
    void conll_u_counts_the_words_of_each_sentence() {
        Path joined = file(folder, "a.conllu", CONLLU + "# sent_id = 2\n" + CONLLU);
        Path skipped = file(folder, "b.conllu", CONLLU + "4\tloudly\t_\tADV\t_\t_\t2\tadvmod\t_\t_\n");
        Path named = file(folder, "c.conllu", "x-1\tDogs\t_\tNOUN\t_\t_\t2\tnsubj\t_\t_\n");

        assertThatThrownBy(() -> read(joined, ConllU, PartOfSpeechTagging))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 4 begins to count words again");
        assertThatThrownBy(() -> read(skipped, ConllU, PartOfSpeechTagging))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 3 has the ID \"4\" (column 1), and word 3 of its sentence is expected");
        assertThatThrownBy(() -> read(named, ConllU, PartOfSpeechTagging))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 has the ID \"x-1\"");
    }

    @Test
    void words_that_are_numbers_are_words() {
        Path entities = file(folder, "a.tsv", "1\tO\n2\tO\n\n1\tB-LOC\n");
        Path parts = file(folder, "b.tsv", "1\tNUM\n2\tNUM\n3\tNUM\n");

        assertThat(read(entities, WikiAnn, NamedEntityRecognition).examples())
                .containsExactly(
                        new TaggedExample("1", List.of("1", "2"), List.of("O", "O")),
                        new TaggedExample("4", List.of("1"), List.of("B-LOC")));
        assertThat(read(parts, WikiAnn, PartOfSpeechTagging).examples())
                .containsExactly(new TaggedExample("1", List.of("1", "2", "3"), List.of("NUM", "NUM", "NUM")));
    }

    @Test
    void numbered_words_without_tags_are_words_without_tags() {
        Path file = file(folder, "a.tsv", "1\tAda\n2\tlives\n\n1\tOslo\n");

        assertThat(read(file, WikiAnn, NamedEntityRecognition).examples())
                .containsExactly(
                        new TaggedExample("1", List.of("Ada", "lives"), null),
                        new TaggedExample("4", List.of("Oslo"), null));
    }

    @Test
    void a_number_that_is_missing_is_told_however_late() {
        String sentence = "0\tAda\tB-PER\n1\tlives\tO\n\n";
        Path other = file(folder, "a.tsv", sentence.repeat(120) + "0\tAda\tO\n2\tlives\tO\n");
        Path short_ = file(folder, "b.tsv", sentence.repeat(120) + "0\n");

        assertThatThrownBy(() -> read(other, WikiAnn, NamedEntityRecognition))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 362 begins with \"2\", where word number 1 of its sentence is expected")
                .hasMessageContaining("in 120 of 121 sentences");
        assertThatThrownBy(() -> read(short_, WikiAnn, NamedEntityRecognition))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 361 has a word (\"0\") without a tag");
    }

    @Test
    void a_word_without_the_language_that_others_have_is_told() {
        Path file = file(folder, "a.tsv", "en:in\tO\nen:Oslo\tB-LOC\n\tO\nen:x\tO\n");

        assertThatThrownBy(() -> read(file, WikiAnn, NamedEntityRecognition))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 3 has the word \"\" without \"en:\", with which 3 of the 4 words begin");
    }

    @Test
    void columns_that_are_not_read_are_told() {
        Path two = file(folder, "a.tsv", "Ada\tB-PER\tO\n");
        Path fillers = file(folder, "b.tsv", "Ada _ _ B-PER\n");

        assertThat(read(two, Conll, NamedEntityRecognition).notes())
                .containsExactly("tags are read from column 3, the last one; what columns [2] hold is not read");
        assertThat(read(fillers, Conll, NamedEntityRecognition).notes()).isEmpty();
    }

    @Test
    void comments_before_a_sentence_are_passed_over_and_counted() {
        Path file = file(folder, "a.txt", "# id 7\tdomain=en\nAda _ _ B-PER\n# _ _ O\n\n# id 8\tdomain=en\nx _ _ O\n");

        Split split = read(file, Conll, NamedEntityRecognition);

        assertThat(split.examples())
                .containsExactly(
                        new TaggedExample("2", List.of("Ada", "#"), List.of("B-PER", "O")),
                        new TaggedExample("6", List.of("x"), List.of("O")));
        assertThat(split.notes())
                .containsExactly(
                        "2 × comment passed over: it begins with # and has other columns than the words (first on line 1)");
    }

    @Test
    void blanks_inside_words_are_told_where_blanks_may_part_columns() {
        Path file = file(folder, "a.txt", "Oslo NNP\tB-LOC\n");

        assertThat(read(file, Conll, NamedEntityRecognition).notes())
                .singleElement()
                .asString()
                .contains("1 × word that holds a blank");
    }

    @Test
    void tags_of_an_empty_last_column_are_missed_by_its_number() {
        Path file = file(folder, "a.tsv", "Ada\tB-PER\t\nlives\tO\t\n");

        assertThatThrownBy(() -> read(file, WikiAnn, NamedEntityRecognition))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("column 3 is empty in every line")
                .hasMessageContaining("Remove the tab at the end of the lines");
    }

    @Test
    void a_line_break_between_quotation_marks_is_told() {
        Path table = file(folder, "a.tsv", "label\ttext\ngood\t\"one\ntwo\"\n");
        Path commas = file(folder, "a.csv", "0,\"one,5\n1,two,4\n2,\"three\",3\n");

        assertThatThrownBy(() -> read(table, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 3 has 1 column")
                .hasMessageContaining("A quotation mark is text here");
        assertThatThrownBy(() -> read(commas, Marc, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 opens a quotation mark that closes in the middle of a value on line 3");
    }

    @Test
    void a_file_of_several_languages_is_not_one_of_them() {
        Path lines = file(folder, "a.jsonl", """
                {"text": "a", "label": "x", "language": "en"}
                {"text": "b", "label": "x", "language": "ar"}
                """);
        Path reviews = file(folder, "b.jsonl", "{\"review_body\": \"b\", \"stars\": 1, \"language\": \"ar\"}\n");

        assertThatThrownBy(() -> read(lines, JsonLines, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 2 is of language \"ar\" by its field \"language\"");
        assertThatThrownBy(() -> read(reviews, Marc, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has no reviews of language \"en\"; its languages are [ar]");
    }

    @ParameterizedTest
    @EnumSource(names = {"TabSeparated", "WikiAnn", "Conll"})
    void json_lines_are_no_words_and_no_texts_of_a_table(DataFormat format) {
        Path file = file(folder, "a.txt", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
        TaskType task = format == TabSeparated ? SequenceClassification : PartOfSpeechTagging;

        assertThatThrownBy(() -> read(file, format, task))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 is a JSON object, and columns are needed. Write format: JsonLines.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text,label\na,x\n", "Text;Label\na;x\n"})
    void other_signs_than_tabs_part_no_columns(String content) {
        assertThatThrownBy(() -> read(file(folder, "a.csv", content), TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 is a header with ")
                .hasMessageContaining("tabs are needed");
    }

    @Test
    void a_tag_between_blanks_holds_none() {
        Path file = file(folder, "a.txt", "Dogs NOUN\nba\trk VERB\n");

        assertThatThrownBy(() -> read(file, Conll, PartOfSpeechTagging))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 2: the tag \"rk VERB\" holds a blank");
    }

    @Test
    void placeholders_of_paws_x_are_counted() {
        Path file = file(folder, "a.tsv", "id\tsentence1\tsentence2\tlabel\n1\ta\tNS\t0\n2\tNS\tNS\t1\n3\ta\tb\t1\n");

        Split split = read(file, PawsX, SequencePairClassification);

        assertThat(split.size()).isEqualTo(3);
        assertThat(split.notes())
                .containsExactly("2 × \"NS\" in the place of a sentence that was not translated (first on line 2)");
    }

    @Test
    void a_review_that_reads_text_does_not_make_a_header() {
        assertThat(read(file(folder, "a.csv", "0,text,5\n1,other,4\n"), Marc, SequenceClassification)
                        .size())
                .isEqualTo(2);
    }

    @Test
    void stars_lie_between_1_and_5() {
        for (String stars : List.of("0", "6", "-1", "3.5", "five"))
            assertThatThrownBy(
                            () -> read(file(folder, "a.csv", "0,fine," + stars + "\n"), Marc, SequenceClassification))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("line 1: \"" + stars + "\" is no number of stars; it lies between 1 and 5");
        assertThat(read(
                                file(folder, "b.jsonl", "{\"review_body\": \"x\", \"stars\": 5.0}\n"),
                                Marc,
                                SequenceClassification)
                        .examples())
                .containsExactly(new TextExample("1", "x", null, "5"));
    }
}
